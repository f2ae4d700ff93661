import { leafHash, nodeHash, toHex } from "@fiducial/core";
import { expect, test } from "vitest";
import { naiveTree } from "../../../../../vectors/merkle/naive-tree.ts";
import { fitsCommitment, proofSteps } from "./entry-check.ts";

test("each hash of a proof stands on the side from which it is hashed to the root", () => {
  for (let size = 1; size <= 40; size++) {
    const leaves = Array.from({ length: size }, (_, leaf) => Uint8Array.of(leaf));
    const tree = naiveTree(leaves);
    for (let index = 0; index < size; index++) {
      const path = tree.path(index, 0, size);
      const steps = proofSteps(index, size, path.map(toHex));
      const root = steps.reduce(
        (hash, { side }, at) =>
          side === "left" ? nodeHash(path[at] as Uint8Array, hash) : nodeHash(hash, path[at] as Uint8Array),
        leafHash(leaves[index] as Uint8Array) as Uint8Array,
      );
      expect(toHex(root)).toBe(toHex(tree.root(0, size)));
    }
  }
});

test("a value without its salt cannot be held against its commitment, one with a wrong salt does not fit", () => {
  const field = { name: "studyUid", commitment: "00".repeat(32) };
  expect(fitsCommitment(field)).toBeUndefined();
  expect(fitsCommitment({ ...field, opened: { value: "2.25.1" } })).toBeUndefined();
  expect(fitsCommitment({ ...field, opened: { value: "2.25.1", salt: "11".repeat(32) } })).toBe(false);
});
