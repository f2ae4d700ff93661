// What this browser keeps for the reader: theme, language, keys. A browser that keeps nothing is no fault.

/** Returns what was kept under a name, or null. */
export function keptValue(name: "theme" | "language" | "keys"): string | null {
  try {
    return localStorage.getItem(`fiducial-${name}`);
  } catch {
    return null;
  }
}

/** Keeps a value under a name, where that is possible. */
export function keep(name: "theme" | "language" | "keys", value: string): void {
  try {
    localStorage.setItem(`fiducial-${name}`, value);
  } catch {
    // The choice then holds until the page is closed.
  }
}
