// The keys of an index that are not in a run yet: a hash table in two flat arrays, since a Map of such numbers takes ten times as long.
import type { Run } from "./sorted-run.ts";

/** Keys (52-bit fingerprints) with their rows. */
export interface RecentKeys {
  /** How many pairs there are. */
  readonly count: number;
  add(key: number, row: number): void;
  /** Rows that were added under `key`. */
  rows(key: number): number[];
  sorted(): Run;
}

const smallest = 1 << 10;
const empty = -1;

/** Makes an empty table, which grows as it has to. */
export function recentKeys(): RecentKeys {
  let keys = new Float64Array(smallest);
  let rows = new Float64Array(smallest).fill(empty);
  let count = 0;

  function put(key: number, row: number): void {
    const last = keys.length - 1;
    let slot = slotOf(key, last);
    while (rows[slot] !== empty) slot = (slot + 1) & last;
    keys[slot] = key;
    rows[slot] = row;
  }

  // At most half full, so that a search soon comes to an empty slot.
  function grow(): void {
    const before = { keys, rows };
    keys = new Float64Array(2 * keys.length);
    rows = new Float64Array(keys.length).fill(empty);
    for (let slot = 0; slot < before.rows.length; slot++)
      if (before.rows[slot] !== empty) put(before.keys[slot] as number, before.rows[slot] as number);
  }

  function rowsOf(key: number): number[] {
    const found: number[] = [];
    const last = keys.length - 1;
    for (let slot = slotOf(key, last); rows[slot] !== empty; slot = (slot + 1) & last)
      if (keys[slot] === key) found.push(rows[slot] as number);
    return found;
  }

  return {
    get count() {
      return count;
    },
    rows: rowsOf,

    add: (key, row) => {
      if (2 * count >= keys.length) grow();
      put(key, row);
      count++;
    },

    sorted: () => {
      const sortedKeys = keys.filter((_, slot) => rows[slot] !== empty).sort();
      const sortedRows = new Float64Array(count);
      for (let at = 0; at < count; ) {
        const equal = rowsOf(sortedKeys[at] as number).sort((a, b) => a - b);
        sortedRows.set(equal, at);
        at += equal.length;
      }
      return { keys: sortedKeys, rows: sortedRows };
    },
  };
}

// Keys are bits of digests: the lowest are as good as any.
function slotOf(key: number, last: number): number {
  return (key >>> 0) & last;
}
