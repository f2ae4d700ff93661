// Inclusion and consistency proofs against the RFC's definitions, exhaustively, and what a proof must not survive.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { naiveTree } from "../../../../vectors/merkle/naive-tree.ts";
import { toHex, utf8 } from "../encoding/bytes.ts";
import { consistencySpans, proveConsistency, verifyConsistency } from "./consistency-proof.ts";
import { leafHash } from "./hashes.ts";
import { inclusionSpans, proveInclusion, rootByInclusion, verifyInclusion } from "./inclusion-proof.ts";
import type { HashReader, Span } from "./node.ts";

const entries = Array.from({ length: 256 }, (_, index) => utf8(`entry ${index}`));
const leaves = entries.map(leafHash);
const naive = naiveTree(entries);
const read: HashReader = (level, index) => naive.root(index * 2 ** level, (index + 1) * 2 ** level);
const head = (size: number) => ({ size, rootHash: naive.root(0, size) });
const hexes = (hashes: readonly Uint8Array[]) => hashes.map(toHex).join();
const code = (name: string) => expect.objectContaining({ code: name });

describe("inclusion", () => {
  test("proofs are the RFC's and verify, for every leaf of every size to 256", () => {
    for (let size = 1; size <= entries.length; size++) {
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(index, size, read);
        if (hexes(proof.hashes) !== hexes(naive.path(index, 0, size))) throw new Error(`leaf ${index} of ${size}`);
        verifyInclusion(leaves[index] as Uint8Array, proof, head(size));
      }
    }
  });

  test("no other index, leaf, root or hash verifies", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 256 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (size, indexSeed, otherSeed, byteSeed) => {
          const index = indexSeed % size;
          const proof = proveInclusion(index, size, read);
          const leaf = leaves[index] as Uint8Array;
          const otherIndex = otherSeed % size;
          if (otherIndex !== index)
            expect(() => verifyInclusion(leaf, { ...proof, index: otherIndex }, head(size))).toThrow();
          expect(() => verifyInclusion(flip(leaf, byteSeed), proof, head(size))).toThrow(code("ROOT_MISMATCH"));
          expect(() => verifyInclusion(leaf, proof, { size, rootHash: flip(head(size).rootHash, byteSeed) })).toThrow(
            code("ROOT_MISMATCH"),
          );
          if (proof.hashes.length > 0) {
            const at = otherSeed % proof.hashes.length;
            const hashes = proof.hashes.with(at, flip(proof.hashes[at] as Uint8Array, byteSeed));
            expect(() => verifyInclusion(leaf, { index, hashes }, head(size))).toThrow(code("ROOT_MISMATCH"));
          }
        },
      ),
    );
  });

  test("a missing, trailing or misshapen hash is refused", () => {
    const { hashes } = proveInclusion(3, 7, read);
    const verify = (proof: Uint8Array[], leaf = leaves[3] as Uint8Array) =>
      verifyInclusion(leaf, { index: 3, hashes: proof }, head(7));
    expect(() => verify(hashes.slice(1))).toThrow(code("PROOF_LENGTH_WRONG"));
    expect(() => verify(hashes.slice(0, -1))).toThrow(code("PROOF_LENGTH_WRONG"));
    expect(() => verify([...hashes, new Uint8Array(32)])).toThrow(code("PROOF_LENGTH_WRONG"));
    expect(() => verify([new Uint8Array(31), ...hashes.slice(1)])).toThrow(code("HASH_LENGTH_WRONG"));
    expect(() => verify([...hashes], new Uint8Array(33))).toThrow(code("HASH_LENGTH_WRONG"));
  });

  test("indexes and sizes outside the tree are refused", () => {
    for (const index of [7, -1, 1.5, Number.NaN, 2 ** 53])
      expect(() => inclusionSpans(index, 7)).toThrow(code("INDEX_OUT_OF_TREE"));
    for (const size of [-1, 1.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])
      expect(() => inclusionSpans(0, size)).toThrow(code("SIZE_OUT_OF_RANGE"));
    expect(() => inclusionSpans(0, 0)).toThrow(code("INDEX_OUT_OF_TREE"));
  });

  test("is exact for the largest trees", () => {
    fc.assert(
      fc.property(hugeSize, hugeSize, (a, b) => {
        const [index, size] = a < b ? [a - 1, b] : [b - 1, a];
        const spans = inclusionSpans(index, size).concat({ begin: index, end: index + 1 });
        expect(covered(spans)).toEqual(BigInt(size));
        expect(spans.length).toBeLessThanOrEqual(54);
      }),
    );
    const proof = { index: 2 ** 53 - 2, hashes: Array.from({ length: 52 }, (_, n) => leaves[n] as Uint8Array) };
    expect(toHex(rootByInclusion(leaves[0] as Uint8Array, proof, 2 ** 53 - 1))).toHaveLength(64);
  });
});

describe("consistency", () => {
  test("proofs are the RFC's and verify, for all pairs of sizes to 128", () => {
    for (let newSize = 1; newSize <= 128; newSize++) {
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        const proof = proveConsistency(oldSize, newSize, read);
        if (hexes(proof) !== hexes(naive.proof(oldSize, newSize))) throw new Error(`${oldSize} to ${newSize}`);
        verifyConsistency(head(oldSize), head(newSize), proof);
      }
    }
  });

  test("no other old size, root or hash verifies", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 256 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (newSize, oldSeed, otherSeed, byteSeed) => {
          const oldSize = 1 + (oldSeed % (newSize - 1));
          const [older, newer, proof] = [head(oldSize), head(newSize), proveConsistency(oldSize, newSize, read)];
          const other = 1 + (otherSeed % newSize);
          if (other !== oldSize) expect(() => verifyConsistency({ ...older, size: other }, newer, proof)).toThrow();
          expect(() => verifyConsistency({ ...older, rootHash: flip(older.rootHash, byteSeed) }, newer, proof)).toThrow(
            code("ROOT_MISMATCH"),
          );
          expect(() => verifyConsistency(older, { ...newer, rootHash: flip(newer.rootHash, byteSeed) }, proof)).toThrow(
            code("ROOT_MISMATCH"),
          );
          const at = otherSeed % proof.length;
          expect(() =>
            verifyConsistency(older, newer, proof.with(at, flip(proof[at] as Uint8Array, byteSeed))),
          ).toThrow(code("ROOT_MISMATCH"));
          expect(() => verifyConsistency(older, newer, proof.slice(1))).toThrow(code("PROOF_LENGTH_WRONG"));
          expect(() => verifyConsistency(older, newer, [...proof, new Uint8Array(32)])).toThrow(
            code("PROOF_LENGTH_WRONG"),
          );
        },
      ),
    );
  });

  test("with itself needs no hash, and the empty tree has no proof", () => {
    expect(proveConsistency(6, 6, read)).toEqual([]);
    expect(() => verifyConsistency(head(6), { size: 6, rootHash: head(5).rootHash }, [])).toThrow(
      code("ROOT_MISMATCH"),
    );
    expect(() => verifyConsistency(head(6), head(6), [new Uint8Array(32)])).toThrow(code("PROOF_LENGTH_WRONG"));
    expect(() => proveConsistency(0, 6, read)).toThrow(code("SIZE_OUT_OF_RANGE"));
    expect(() => proveConsistency(7, 6, read)).toThrow(code("SIZE_OUT_OF_RANGE"));
  });

  test("is exact for the largest trees", () => {
    fc.assert(
      fc.property(hugeSize, hugeSize, (a, b) => {
        const [oldSize, newSize] = a < b ? [a, b] : [b, a];
        const spans = consistencySpans(oldSize, newSize);
        const shared = spans[0]?.end === oldSize ? [] : [{ begin: 0, end: oldSize }];
        expect(covered([...shared, ...spans])).toEqual(BigInt(newSize));
      }),
    );
  });
});

const hugeSize = fc.oneof(
  fc.integer({ min: 1, max: 2 ** 53 - 1 }),
  fc.integer({ min: 2 ** 53 - 1000, max: 2 ** 53 - 1 }),
  fc.integer({ min: 2 ** 32 - 10, max: 2 ** 32 + 10 }),
);

// The leaves that spans cover when, sorted, each begins where the one before ends.
function covered(spans: readonly Span[]): bigint {
  let end = 0n;
  for (const span of [...spans].sort((a, b) => a.begin - b.begin)) {
    if (BigInt(span.begin) !== end) return -1n;
    end = BigInt(span.end);
  }
  return end;
}

function flip(bytes: Uint8Array, seed: number): Uint8Array {
  const at = seed % bytes.length;
  return bytes.with(at, (bytes[at] as number) ^ (1 << (seed % 8)));
}
