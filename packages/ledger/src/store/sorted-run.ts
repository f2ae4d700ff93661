// Sorted runs of (key, row) pairs: the immutable pieces of a key index.

/** Keys in one chunk of a run as it is stored. */
export const chunkKeys = 1024;

/** Keys in ascending order; equal keys in ascending order of rows. */
export interface Run {
  readonly keys: Float64Array;
  readonly rows: Float64Array;
}

/** Merges runs into one: neighbours first, so that each key is moved as few times as possible. Of equal keys, those of earlier runs come first. */
export function mergeRuns(runs: readonly Run[]): Run {
  const [first, second] = runs;
  if (first === undefined) return { keys: new Float64Array(), rows: new Float64Array() };
  if (second === undefined) return first;
  const half = Math.ceil(runs.length / 2);
  return mergeTwo(mergeRuns(runs.slice(0, half)), mergeRuns(runs.slice(half)));
}

function mergeTwo(a: Run, b: Run): Run {
  const keys = new Float64Array(a.keys.length + b.keys.length);
  const rows = new Float64Array(keys.length);
  for (let at = 0, inA = 0, inB = 0; at < keys.length; at++) {
    const fromA = inB >= b.keys.length || (inA < a.keys.length && (a.keys[inA] as number) <= (b.keys[inB] as number));
    const [run, from] = fromA ? [a, inA++] : [b, inB++];
    keys[at] = run.keys[from] as number;
    rows[at] = run.rows[from] as number;
  }
  return { keys, rows };
}

/** Lays the pairs of a run from one place to another side by side: key, row, key, row. */
export function pairsOf({ keys, rows }: Run, from: number, to: number): Float64Array {
  const pairs = new Float64Array(2 * (to - from));
  for (let at = from; at < to; at++) {
    pairs[2 * (at - from)] = keys[at] as number;
    pairs[2 * (at - from) + 1] = rows[at] as number;
  }
  return pairs;
}

/** Reads numbers that `bytesOf` wrote. Throws RangeError for bytes that are none. */
export function doubles(bytes: Uint8Array): Float64Array {
  return new Float64Array(bytes.slice().buffer);
}

/** The bytes of these numbers, as this machine lays them out. */
export function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
