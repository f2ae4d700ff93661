// Bytes with one bit turned over.
import type { SeededRandom } from "./seeded-random.ts";

/** Where a bit is: bit 0 is a byte's lowest. */
export interface BitPlace {
  readonly at: number;
  readonly bit: number;
}

/** A copy with the bit at one place turned over. */
export function flipped(bytes: Uint8Array, { at, bit }: BitPlace): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  copy[at] = (copy[at] as number) ^ (1 << bit);
  return copy;
}

/** Every place in bytes. */
export function everyBit(bytes: Uint8Array): BitPlace[] {
  return Array.from({ length: 8 * bytes.length }, (_, place) => ({ at: place >> 3, bit: place & 7 }));
}

/** Draws a place; every other time it is in a byte that is not zero, since most of a database file is room for nothing. */
export function bitPlaces(bytes: Uint8Array, random: SeededRandom): () => BitPlace {
  const used = [...bytes.keys()].filter((at) => bytes[at] !== 0);
  return () => ({
    at: random.oneIn(2) ? (used[random.below(used.length)] as number) : random.below(bytes.length),
    bit: random.below(8),
  });
}
