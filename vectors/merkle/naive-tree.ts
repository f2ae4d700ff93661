// The oracle of the tests: the definitions of RFC 9162 § 2.1 word for word, slow, with another SHA-256 and no code of ours.
import { sha256 } from "@noble/hashes/sha2.js";

/** The Merkle tree of `entries`, by the RFC's recursion on lists of entries. */
export interface NaiveTree {
  /** MTH(D[begin:end]). § 2.1.1. */
  root(begin: number, end: number): Uint8Array;
  /** PATH(m, D[begin:end]). § 2.1.3.1. */
  path(m: number, begin: number, end: number): Uint8Array[];
  /** PROOF(m, D_n). § 2.1.4.1. */
  proof(m: number, n: number): Uint8Array[];
}

/** Returns the tree of `entries`; hashes of sublists are remembered, since tests ask for all of them. */
export function naiveTree(entries: readonly Uint8Array[]): NaiveTree {
  const known = new Map<string, Uint8Array>();

  const root = (begin: number, end: number): Uint8Array => {
    const name = `${begin}:${end}`;
    const hash = known.get(name) ?? computeRoot(begin, end);
    known.set(name, hash);
    return hash;
  };
  const computeRoot = (begin: number, end: number): Uint8Array => {
    if (begin === end) return sha256(Uint8Array.of());
    if (end - begin === 1) return sha256(Uint8Array.of(0, ...(entries[begin] as Uint8Array)));
    const k = split(end - begin);
    return sha256(Uint8Array.of(1, ...root(begin, begin + k), ...root(begin + k, end)));
  };
  const path = (m: number, begin: number, end: number): Uint8Array[] => {
    if (end - begin === 1) return [];
    const k = split(end - begin);
    return m < k
      ? [...path(m, begin, begin + k), root(begin + k, end)]
      : [...path(m - k, begin + k, end), root(begin, begin + k)];
  };
  const subproof = (m: number, begin: number, end: number, b: boolean): Uint8Array[] => {
    if (m === end - begin) return b ? [] : [root(begin, end)];
    const k = split(end - begin);
    return m <= k
      ? [...subproof(m, begin, begin + k, b), root(begin + k, end)]
      : [...subproof(m - k, begin + k, end, false), root(begin, begin + k)];
  };
  return { root, path, proof: (m, n) => subproof(m, 0, n, true) };
}

// The largest power of two smaller than n.
function split(n: number): number {
  for (let k = 1; ; k *= 2) if (k < n && n <= 2 * k) return k;
}
