// Inclusion proofs: that a leaf is in a tree. RFC 9162 § 2.1.3.
import { CoreError } from "../core-error.ts";
import { equalBytes } from "../encoding/bytes.ts";
import { checkHash, nodeHash } from "./hashes.ts";
import { checkSize, type HashReader, type Span, spanHash, splitPoint } from "./node.ts";
import type { TreeHead } from "./tree.ts";

/** Says where a leaf is, with the hashes from its sibling up to the root's child. */
export interface InclusionProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
}

/** Builds the proof for leaf `index` in the tree of `size` leaves. Throws INDEX_OUT_OF_TREE, SIZE_OUT_OF_RANGE. RFC 9162 § 2.1.3.1. */
export function proveInclusion(index: number, size: number, read: HashReader): InclusionProof {
  return { index, hashes: inclusionSpans(index, size).map((span) => spanHash(span, read)) };
}

/** Checks that the leaf is in the tree. Throws INDEX_OUT_OF_TREE, PROOF_LENGTH_WRONG, HASH_LENGTH_WRONG, ROOT_MISMATCH. RFC 9162 § 2.1.3.2. */
export function verifyInclusion(leafHash: Uint8Array, proof: InclusionProof, head: TreeHead): void {
  if (!equalBytes(rootByInclusion(leafHash, proof, head.size), head.rootHash)) throw new CoreError("ROOT_MISMATCH");
}

/** Returns the root hash to which the proof leads in a tree of `size` leaves: for formats that sign it without stating it. Throws as verifyInclusion. */
export function rootByInclusion(leafHash: Uint8Array, { index, hashes }: InclusionProof, size: number): Uint8Array {
  const spans = inclusionSpans(index, size);
  if (hashes.length !== spans.length) throw new CoreError("PROOF_LENGTH_WRONG");
  return hashes.reduce<Uint8Array>((root, hash, step) => {
    const isRightSibling = (spans[step] as Span).begin > index;
    return isRightSibling ? nodeHash(root, hash) : nodeHash(hash, root);
  }, checkHash(leafHash));
}

/** Returns the spans whose hashes prove leaf `index` in a tree of `size` leaves, from its sibling upwards. Throws INDEX_OUT_OF_TREE, SIZE_OUT_OF_RANGE. */
export function inclusionSpans(index: number, size: number): Span[] {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new CoreError("INDEX_OUT_OF_TREE");
  const spans: Span[] = [];
  for (let begin = 0, end = size; end - begin > 1; ) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      spans.push({ begin: middle, end });
      end = middle;
    } else {
      spans.push({ begin, end: middle });
      begin = middle;
    }
  }
  return spans.reverse();
}
