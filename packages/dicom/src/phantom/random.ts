// Reproducible chance: the same seed and path give the same numbers on every machine.
import { sha256, utf8 } from "@fiducial/core";

/** Draws the next number, at least 0 and below 1, with 32 random bits. */
export type Chance = () => number;

/** Returns the stream of numbers that belongs to `path` under `seed` (SHA-256 seeds the small generator sfc32). */
export function chanceOf(seed: string, path: string): Chance {
  const state = words(seed, path);
  return () => next(state) / 4294967296;
}

/** Returns a number between `low` and `high`. */
export function between(chance: Chance, low: number, high: number): number {
  return low + (high - low) * chance();
}

/** Returns the bare 32-bit generator behind `chanceOf`, for the million samples of a noise field. */
export function bitsOf(seed: string, path: string): () => number {
  const state = words(seed, path);
  return () => next(state);
}

function words(seed: string, path: string): Uint32Array {
  const digest = sha256(utf8(`${seed}\n${path}`));
  return new Uint32Array(digest.buffer.slice(digest.byteOffset, digest.byteOffset + 16));
}

function next(state: Uint32Array): number {
  const a = state[0] as number;
  const b = state[1] as number;
  const c = state[2] as number;
  const sum = (a + b + (state[3] as number)) >>> 0;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + sum;
  state[3] = (state[3] as number) + 1;
  return sum;
}
