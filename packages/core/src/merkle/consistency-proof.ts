// Consistency proofs: that a tree grew out of a smaller one without changing it. RFC 9162 § 2.1.4.
import { CoreError } from "../core-error.ts";
import { equalBytes } from "../encoding/bytes.ts";
import { checkHash, nodeHash } from "./hashes.ts";
import { checkSize, type HashReader, type Span, spanHash, splitPoint } from "./node.ts";
import type { TreeHead } from "./tree.ts";

/** Builds the proof from the tree of `oldSize` leaves, at least one, to that of `newSize`. Throws SIZE_OUT_OF_RANGE. RFC 9162 § 2.1.4.1. */
export function proveConsistency(oldSize: number, newSize: number, read: HashReader): Uint8Array[] {
  return consistencySpans(oldSize, newSize).map((span) => spanHash(span, read));
}

/**
 * Checks that `newer` begins with the leaves of `older`, which has at least one: of the empty tree there is nothing to prove.
 * Throws SIZE_OUT_OF_RANGE, PROOF_LENGTH_WRONG, HASH_LENGTH_WRONG, ROOT_MISMATCH. RFC 9162 § 2.1.4.2.
 */
export function verifyConsistency(older: TreeHead, newer: TreeHead, hashes: readonly Uint8Array[]): void {
  const spans = consistencySpans(older.size, newer.size);
  if (hashes.length !== spans.length) throw new CoreError("PROOF_LENGTH_WRONG");
  const { oldRoot, newRoot } = rootsByConsistency(older, spans, hashes);
  if (!equalBytes(oldRoot, older.rootHash) || !equalBytes(newRoot, newer.rootHash))
    throw new CoreError("ROOT_MISMATCH");
}

/** Returns the spans whose hashes make up the proof, in its order. Throws SIZE_OUT_OF_RANGE when not 0 < oldSize ≤ newSize. */
export function consistencySpans(oldSize: number, newSize: number): Span[] {
  checkSize(newSize, checkSize(oldSize, 1));
  const spans: Span[] = [];
  let [begin, end] = [0, newSize];
  while (end !== oldSize) {
    const middle = begin + splitPoint(end - begin);
    if (oldSize <= middle) {
      spans.push({ begin: middle, end });
      end = middle;
    } else {
      spans.push({ begin, end: middle });
      begin = middle;
    }
  }
  // Both trees share the subtree that ends where the old tree ends. When it is the whole old tree, its root is known already.
  if (begin > 0) spans.push({ begin, end });
  return spans.reverse();
}

function rootsByConsistency(
  older: TreeHead,
  spans: readonly Span[],
  hashes: readonly Uint8Array[],
): { oldRoot: Uint8Array; newRoot: Uint8Array } {
  const beginsWithShared = spans[0]?.end === older.size;
  const shared = beginsWithShared ? checkHash(hashes[0] as Uint8Array) : older.rootHash;
  let [oldRoot, newRoot] = [shared, shared];
  for (let step = beginsWithShared ? 1 : 0; step < spans.length; step++) {
    const hash = hashes[step] as Uint8Array;
    if ((spans[step] as Span).begin >= older.size) {
      newRoot = nodeHash(newRoot, hash);
    } else {
      oldRoot = nodeHash(hash, oldRoot);
      newRoot = nodeHash(hash, newRoot);
    }
  }
  return { oldRoot, newRoot };
}
