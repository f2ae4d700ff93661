// What this browser finds out about an entry by itself: whether its proof holds, and who vouches for it.
import type { EntryDetail } from "@fiducial/api";
import {
  fromHex,
  leafHash,
  nobleBackend,
  opens,
  parseReceipt,
  parseSignedCheckpoint,
  parseTrustPolicy,
  type ReceiptVerification,
  utf8,
  verifyInclusion,
  verifyReceipt,
} from "@fiducial/core";

/** Whether the hashes lead from the entry's bytes to the root that the checkpoint names. */
export function proofHolds({ raw, index, proof, checkpoint }: EntryDetail): boolean {
  try {
    const hashes = proof.hashes.map((hash) => fromHex(hash) as Uint8Array);
    verifyInclusion(leafHash(utf8(raw)), { index, hashes }, parseSignedCheckpoint(checkpoint).checkpoint);
    return true;
  } catch {
    return false;
  }
}

/** What an entry's receipt proves under the node's policy, and how many links its key chain has; undefined when either cannot be read. */
export function vouching(
  receipt: string,
  policy: string,
): (ReceiptVerification & { readonly links: number }) | undefined {
  try {
    const read = parseReceipt(receipt);
    return { ...verifyReceipt(read, parseTrustPolicy(policy), nobleBackend), links: read.keyChain.length };
  } catch {
    return undefined;
  }
}

/** Whether an opened value fits its commitment; undefined when it came without its salt. */
export function fitsCommitment({ commitment, opened }: EntryDetail["sealed"][number]): boolean | undefined {
  return opened?.salt === undefined ? undefined : opens({ salt: opened.salt, value: opened.value }, commitment);
}

/** One step of the way from a leaf to the root: the sibling's hash, and on which side it stands. */
export interface ProofStep {
  readonly hash: string;
  readonly side: "left" | "right";
}

/** Tells on which side each hash of an inclusion proof stands, from the leaf upwards. RFC 9162 § 2.1.3.2. */
export function proofSteps(index: number, size: number, hashes: readonly string[]): readonly ProofStep[] {
  let [node, last] = [index, size - 1];
  return hashes.map((hash) => {
    const side = node % 2 === 1 || node === last ? "left" : "right";
    if (side === "left") {
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    return { hash, side } as const;
  });
}
