// Randomness that a run's seed repeats: `npm test -- --seed N`.

/** Draws numbers one after the other. */
export interface SeededRandom {
  /** A whole number in [0, below). */
  below(below: number): number;
  /** True once in `count` times. */
  oneIn(count: number): boolean;
}

/** Draws from the run's seed and a name, so that tests do not disturb each other; without a seed, the same every time. */
export function seededRandom(name: string): SeededRandom {
  let state = Number(process.env["FIDUCIAL_SEED"] ?? 1) >>> 0;
  for (const character of name) state = Math.imul(state ^ (character.codePointAt(0) as number), 0x9e37_79b1) >>> 0;
  // Mulberry32.
  function next(): number {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit);
  return { below, oneIn: (count) => below(count) === 0 };
}
