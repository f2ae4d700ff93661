// Roots and proofs, good and bad. Every hash comes from the oracle in naive-tree.ts. RFC 9162 § 2.1.
import { naiveTree } from "./naive-tree.ts";

/** A case; `output.error` is a code of core, or null. Bytes are lower-case hex. */
export interface MerkleVector<Input, Output> {
  readonly title: string;
  readonly clause: string;
  readonly input: Input;
  readonly output: Output;
}

/** A tree by its entries. */
export type RootVector = MerkleVector<{ readonly entries: readonly string[] }, { readonly rootHash: string }>;
/** An inclusion proof with the tree head it should lead to. */
export type InclusionVector = MerkleVector<
  {
    readonly leafHash: string;
    readonly index: number;
    readonly size: number;
    readonly rootHash: string;
    readonly hashes: readonly string[];
  },
  { readonly error: string | null }
>;
/** A consistency proof with the two tree heads it should lead to. */
export type ConsistencyVector = MerkleVector<
  {
    readonly oldSize: number;
    readonly oldRootHash: string;
    readonly newSize: number;
    readonly newRootHash: string;
    readonly hashes: readonly string[];
  },
  { readonly error: string | null }
>;
const entries = Array.from({ length: 70 }, (_, index) => Buffer.from(`entry ${index}`));
const tree = naiveTree(entries);
const root = (size: number): string => hex(tree.root(0, size));
const leaf = (index: number): string => hex(tree.root(index, index + 1));

/** Makes trees with their root hashes. */
export function rootVectors(): RootVector[] {
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 33, 70].map((size) => ({
    title: `${size} entries`,
    clause: "RFC 9162 § 2.1.1",
    input: { entries: entries.slice(0, size).map(hex) },
    output: { rootHash: root(size) },
  }));
}

/** Makes inclusion proofs. */
export function inclusionVectors(): InclusionVector[] {
  const good = (index: number, size: number) => ({
    leafHash: leaf(index),
    index,
    size,
    rootHash: root(size),
    hashes: tree.path(index, 0, size).map(hex),
  });
  const vector = (title: string, input: InclusionVector["input"], error: string | null): InclusionVector => ({
    title,
    clause: error === null ? "RFC 9162 § 2.1.3.1" : "RFC 9162 § 2.1.3.2",
    input,
    output: { error },
  });
  const pairs = [
    [0, 1],
    [0, 2],
    [1, 2],
    [2, 3],
    [0, 5],
    [4, 5],
    [3, 7],
    [6, 7],
    [0, 8],
    [7, 8],
    [32, 33],
    [69, 70],
    [42, 70],
  ] as const;
  const sample = good(3, 7);
  return [
    ...pairs.map(([index, size]) => vector(`leaf ${index} of ${size}`, good(index, size), null)),
    vector("the index just outside the tree", { ...sample, index: 7 }, "INDEX_OUT_OF_TREE"),
    vector("an empty tree", { ...sample, index: 0, size: 0 }, "INDEX_OUT_OF_TREE"),
    vector("a negative index", { ...sample, index: -1 }, "INDEX_OUT_OF_TREE"),
    vector("a size beyond 2^53 − 1", { ...sample, size: 2 ** 53 }, "SIZE_OUT_OF_RANGE"),
    vector("another index", { ...sample, index: 2 }, "ROOT_MISMATCH"),
    vector("another leaf", { ...sample, leafHash: leaf(4) }, "ROOT_MISMATCH"),
    vector("another root", { ...sample, rootHash: root(6) }, "ROOT_MISMATCH"),
    vector("hashes in another order", { ...sample, hashes: sample.hashes.toReversed() }, "ROOT_MISMATCH"),
    vector("a hash missing at the end", { ...sample, hashes: sample.hashes.slice(0, -1) }, "PROOF_LENGTH_WRONG"),
    vector("a hash missing at the start", { ...sample, hashes: sample.hashes.slice(1) }, "PROOF_LENGTH_WRONG"),
    vector("a hash too many", { ...sample, hashes: [...sample.hashes, root(7)] }, "PROOF_LENGTH_WRONG"),
    vector(
      "a hash of 31 bytes",
      { ...sample, hashes: [leaf(2).slice(2), ...sample.hashes.slice(1)] },
      "HASH_LENGTH_WRONG",
    ),
    vector(
      "an inner node as a leaf of a smaller tree: only a signed size tells",
      { ...sample, leafHash: root(4), index: 0, size: 2, hashes: [hex(tree.root(4, 7))] },
      null,
    ),
  ];
}

/** Makes consistency proofs. */
export function consistencyVectors(): ConsistencyVector[] {
  const good = (oldSize: number, newSize: number) => ({
    oldSize,
    oldRootHash: root(oldSize),
    newSize,
    newRootHash: root(newSize),
    hashes: tree.proof(oldSize, newSize).map(hex),
  });
  const vector = (title: string, input: ConsistencyVector["input"], error: string | null): ConsistencyVector => ({
    title,
    clause: error === null ? "RFC 9162 § 2.1.4.1" : "RFC 9162 § 2.1.4.2",
    input,
    output: { error },
  });
  const pairs = [
    [1, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [3, 7],
    [4, 7],
    [6, 7],
    [6, 8],
    [8, 8],
    [8, 9],
    [31, 33],
    [32, 33],
    [33, 70],
    [64, 70],
    [69, 70],
  ] as const;
  const sample = good(3, 7);
  return [
    ...pairs.map(([oldSize, newSize]) => vector(`from ${oldSize} to ${newSize}`, good(oldSize, newSize), null)),
    vector("from the empty tree", { ...sample, oldSize: 0, oldRootHash: root(0), hashes: [] }, "SIZE_OUT_OF_RANGE"),
    vector("to a smaller tree", { ...good(3, 3), newSize: 2, newRootHash: root(2) }, "SIZE_OUT_OF_RANGE"),
    vector("another old root", { ...sample, oldRootHash: root(2) }, "ROOT_MISMATCH"),
    vector("another new root", { ...sample, newRootHash: root(8) }, "ROOT_MISMATCH"),
    vector("roots swapped", { ...sample, oldRootHash: root(7), newRootHash: root(3) }, "ROOT_MISMATCH"),
    vector("two roots at one size", { ...good(7, 7), newRootHash: root(6) }, "ROOT_MISMATCH"),
    vector("a hash where none is needed", { ...good(7, 7), hashes: [root(7)] }, "PROOF_LENGTH_WRONG"),
    vector("no hash where some are needed", { ...sample, hashes: [] }, "PROOF_LENGTH_WRONG"),
    vector("a hash missing at the start", { ...sample, hashes: sample.hashes.slice(1) }, "PROOF_LENGTH_WRONG"),
    vector("a hash too many", { ...sample, hashes: [...sample.hashes, root(7)] }, "PROOF_LENGTH_WRONG"),
    vector(
      "the old root repeated, which a power of two does without",
      { ...good(4, 7), hashes: [root(4), ...good(4, 7).hashes] },
      "PROOF_LENGTH_WRONG",
    ),
    vector(
      "a hash of 31 bytes",
      { ...sample, hashes: [leaf(2).slice(2), ...sample.hashes.slice(1)] },
      "HASH_LENGTH_WRONG",
    ),
  ];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
