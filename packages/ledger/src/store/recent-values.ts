// What was used lately, kept at hand: two generations, so that letting go of the older costs nothing.

/** A map that forgets. It holds the `most` values used last, and up to as many more. */
export interface RecentValues<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** Makes an empty one. (A Map that loses its oldest key at each turn passes over all that it has lost before.) */
export function recentValues<Value>(most: number): RecentValues<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function set(key: string, value: Value): void {
    young.set(key, value);
    if (young.size < most) return;
    old = young;
    young = new Map();
  }

  return {
    set,
    get: (key) => {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
  };
}
