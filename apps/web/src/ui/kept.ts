// What this browser keeps for the reader: theme, language, keys. A browser that keeps nothing is no fault.

/** What is kept; `sign-in` is how somebody last came in here. */
export type KeptName = "theme" | "language" | "keys" | "sign-in";

/** Returns what was kept under a name, or null. */
export function keptValue(name: KeptName): string | null {
  try {
    return localStorage.getItem(`fiducial-${name}`);
  } catch {
    return null;
  }
}

/** Keeps a value under a name, where that is possible. */
export function keep(name: KeptName, value: string): void {
  try {
    localStorage.setItem(`fiducial-${name}`, value);
  } catch {
    // The choice then holds until the page is closed.
  }
}
