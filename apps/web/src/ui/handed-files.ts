// Files on their way to the verify page: dropped anywhere, or made by another page. They stay in this browser.

let handed: readonly File[] = [];
const listeners = new Set<() => void>();

/** Hands files to the verify page. */
export function handFiles(files: readonly File[]): void {
  handed = files;
  for (const listener of listeners) listener();
}

/** Takes the files that were handed over, once. */
export function takeFiles(): readonly File[] {
  const taken = handed;
  handed = [];
  return taken;
}

/** Calls `listener` whenever files are handed over, until the returned function is called. */
export function onFiles(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
