// Where nodes are: perfect subtrees by level and index, and the spans of leaves that the recursion of RFC 9162 § 2.1 speaks of.
import { CoreError } from "../core-error.ts";
import { nodeHash } from "./hashes.ts";

/** A perfect subtree: level 0 holds the leaves; node `index` of `level` covers leaves [index · 2^level, (index + 1) · 2^level). */
export interface NodeCoordinate {
  readonly level: number;
  readonly index: number;
}

/** Gives the 32-byte hash of a perfect subtree. Throws when it has none. */
export type HashReader = (level: number, index: number) => Uint8Array;

/** Leaves [begin, end): a subtree as RFC 9162 § 2.1 splits a tree, so `begin` is a multiple of every power of two within the width. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

/** Returns the size at which RFC 9162 § 2.1.1 splits `width` leaves (two or more): the largest power of two below it. */
export function splitPoint(width: number): number {
  return powerAtMost(width - 1);
}

/** Returns the perfect subtrees that make up `span`, left to right, largest first. */
export function perfectSubtrees({ begin, end }: Span): NodeCoordinate[] {
  const nodes: NodeCoordinate[] = [];
  let power = powerAtMost(end - begin);
  for (let at = begin; at < end; power /= 2) {
    if (end - at < power) continue;
    nodes.push({ level: levelOf(power), index: at / power });
    at += power;
  }
  return nodes;
}

/** Returns the Merkle tree hash of the leaves of `span`, which has at least one. */
export function spanHash(span: Span, read: HashReader): Uint8Array {
  return perfectSubtrees(span)
    .map(({ level, index }) => read(level, index))
    .reduceRight((right, left) => nodeHash(left, right));
}

/** Returns `size` when it is an integer in [least, 2^53 − 1]: every tree size and index here is exact. Throws SIZE_OUT_OF_RANGE. */
export function checkSize(size: number, least = 0): number {
  if (!Number.isSafeInteger(size) || size < least) throw new CoreError("SIZE_OUT_OF_RANGE");
  return size;
}

// By doubling, not by logarithm: near 2^53 a logarithm rounds up.
function powerAtMost(count: number): number {
  let power = 1;
  while (power * 2 <= count) power *= 2;
  return power;
}

function levelOf(power: number): number {
  let level = 0;
  for (let rest = power; rest > 1; rest /= 2) level++;
  return level;
}
