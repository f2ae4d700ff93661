// What a witness makes of a request, and a log of the answer. C2SP tlog-witness § add-checkpoint.
import { CoreError } from "../core-error.ts";
import { equalBytes } from "../encoding/bytes.ts";
import { verifyConsistency } from "../merkle/consistency-proof.ts";
import { emptyRoot } from "../merkle/hashes.ts";
import type { TreeHead } from "../merkle/tree.ts";
import type { NoteSignature, SignedNote } from "./note.ts";
import { type SignatureVerifiers, verifyNote } from "./note-verification.ts";
import type { VerifierKey } from "./verifier-key.ts";
import type { AddCheckpointRequest } from "./witness-protocol.ts";

/** What a witness knows of a log: the keys it signs with, and the head last cosigned, if any. */
export interface WitnessedLog {
  readonly keys: readonly VerifierKey[];
  readonly latest: TreeHead | undefined;
}

/**
 * What to answer. On `cosign`: store `head` in the place of the `latest` that was judged, atomically and durably, then cosign and answer
 * 200; if it is no longer there, judge again. On 422 the log's signature was good: the request may be proof of its misbehaviour.
 */
export type WitnessDecision =
  | { readonly outcome: "cosign"; readonly head: TreeHead }
  | { readonly outcome: "conflict"; readonly size: number }
  | { readonly outcome: "refuse"; readonly status: 400 | 403 | 404 | 422 };

/** Judges a request in the order of the specification. `log` is undefined for an unknown origin. Throws VERIFIER_MISSING. */
export function decideAddCheckpoint(
  log: WitnessedLog | undefined,
  request: AddCheckpointRequest,
  verifiers: SignatureVerifiers,
): WitnessDecision {
  const { oldSize, proof, signed } = request;
  const { size, rootHash } = signed.checkpoint;
  if (log === undefined) return { outcome: "refuse", status: 404 };
  if (!isSigned(signed.note, log.keys, verifiers)) return { outcome: "refuse", status: 403 };
  if (oldSize > size) return { outcome: "refuse", status: 400 };
  const latest = log.latest ?? { size: 0, rootHash: emptyRoot() };
  if (oldSize !== latest.size) return { outcome: "conflict", size: latest.size };
  return follows(latest, { size, rootHash }, proof)
    ? { outcome: "cosign", head: { size, rootHash } }
    : { outcome: "refuse", status: 422 };
}

/**
 * Returns those of a witness's answered cosignatures that are by known keys, all good and all with a time.
 * Throws as verifyNote, and COSIGNATURE_MALFORMED for a time of zero.
 */
export function acceptCosignatures(
  text: string,
  cosignatures: readonly NoteSignature[],
  witnesses: readonly VerifierKey[],
  verifiers: SignatureVerifiers,
): NoteSignature[] {
  const verified = verifyNote({ text, signatures: cosignatures }, witnesses, verifiers);
  if (verified.some(({ timestamp }) => timestamp === undefined || timestamp === 0))
    throw new CoreError("COSIGNATURE_MALFORMED");
  return verified.map(({ signature }) => signature);
}

function follows(latest: TreeHead, next: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (latest.size === 0) return proof.length === 0 && (next.size > 0 || equalBytes(next.rootHash, emptyRoot()));
  return passes(() => verifyConsistency(latest, next, proof));
}

function isSigned(note: SignedNote, keys: readonly VerifierKey[], verifiers: SignatureVerifiers): boolean {
  return passes(() => verifyNote(note, keys, verifiers));
}

// Proofs and signatures that do not hold are this room's everyday answers; whatever else goes wrong is not.
function passes(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof CoreError && error.code !== "VERIFIER_MISSING") return false;
    throw error;
  }
}
