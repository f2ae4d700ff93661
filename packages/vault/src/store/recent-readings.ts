// What was read and decrypted last, for as long as nothing is written: who looks at one object of a series looks at the next.
import type { DatabaseSync } from "node:sqlite";

/** Readings that are worth remembering. None outlives a write, so none can tell what is no more. */
export interface RecentReadings {
  /** Returns what `read` returned under this name before, or calls it. What is returned must be left as it is. */
  of<Reading>(name: string, read: () => Reading): Reading;
  /** Lets go of everything at once, as an erasure must. */
  forget(): void;
}

/** A part and 256 items of its manifest take up to half a megabyte. */
const mostReadings = 64;

/** Begins with nothing remembered. */
export function recentReadings(database: DatabaseSync): RecentReadings {
  const changes = database.prepare("SELECT total_changes() AS count");
  const readings = new Map<string, unknown>();
  let seen = -1;

  return {
    of: <Reading>(name: string, read: () => Reading) => {
      // What a transaction has written may yet be undone, and is nobody's to remember.
      if (database.isTransaction) return read();
      const { count } = changes.get() as { count: number };
      if (count !== seen) readings.clear();
      seen = count;
      const known = readings.get(name) as Reading | undefined;
      if (known !== undefined) return known;
      const reading = read();
      if (readings.size >= mostReadings) readings.clear();
      readings.set(name, reading);
      return reading;
    },
    forget: () => readings.clear(),
  };
}
