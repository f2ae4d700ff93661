// Whose signatures a note really carries. C2SP signed-note § Signatures, tlog-cosignature.
import { CoreError } from "../core-error.ts";
import { utf8 } from "../encoding/bytes.ts";
import { type SignatureBackend, verifySignature } from "../signature/verification.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { decodeCosignature, ed25519CosignedMessage, mlDsa44CosignedMessage } from "./cosignature.ts";
import type { NoteSignature, SignedNote } from "./note.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** Tells whether `signature` over `message` is good under `publicKey`; bytes of any length come in. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** The algorithms at hand. ML-DSA-44 weighs too much to be always there. */
export interface SignatureVerifiers {
  readonly ed25519: VerifySignature;
  readonly mlDsa44?: VerifySignature;
}

/** Puts the algorithms together: Ed25519 by the one validity rule of all signatures here, over a backend. */
export function signatureVerifiers(backend: SignatureBackend, mlDsa44?: VerifySignature): SignatureVerifiers {
  const ed25519: VerifySignature = (bytes, message, signature) =>
    verifySignature(backend, { algorithm: "Ed25519", bytes }, message, signature);
  return { ed25519, ...(mlDsa44 && { mlDsa44 }) };
}

/** A signature that verified. `timestamp`, POSIX seconds, is what a cosigner states; a log's signature has none. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly signature: NoteSignature;
  readonly timestamp: number | undefined;
}

/**
 * Returns the signatures by known keys, in the note's order; those by others are passed over.
 * Throws NOTE_SIGNATURE_INVALID when a known key's signature is bad, NOTE_UNSIGNED when no known key signed, VERIFIER_MISSING, and
 * CHECKPOINT_MALFORMED when a cosigned text is no checkpoint.
 */
export function verifyNote(
  note: SignedNote,
  keys: readonly VerifierKey[],
  verifiers: SignatureVerifiers,
): VerifiedSignature[] {
  const verified = note.signatures.flatMap((signature) => {
    const key = keys.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    return key === undefined ? [] : [{ key, signature, timestamp: verifiedTime(note.text, key, signature, verifiers) }];
  });
  if (verified.length === 0) throw new CoreError("NOTE_UNSIGNED");
  return verified;
}

function verifiedTime(
  text: string,
  key: VerifierKey,
  { signature }: NoteSignature,
  verifiers: SignatureVerifiers,
): number | undefined {
  if (key.type === "ed25519") {
    check(verifiers.ed25519, key, utf8(text), signature);
    return undefined;
  }
  const checkpoint = parseCheckpoint(text);
  const cosignature = orInvalid(() => decodeCosignature(signature));
  const { timestamp } = cosignature;
  if (key.type === "ed25519-cosignature") {
    check(verifiers.ed25519, key, ed25519CosignedMessage(text, timestamp), cosignature.signature);
  } else {
    const message = orInvalid(() => mlDsa44CosignedMessage(key.name, timestamp, checkpoint));
    check(verifiers.mlDsa44, key, message, cosignature.signature);
  }
  return timestamp;
}

function check(
  verify: VerifySignature | undefined,
  { publicKey }: VerifierKey,
  message: Uint8Array,
  signature: Uint8Array,
): void {
  if (verify === undefined) throw new CoreError("VERIFIER_MISSING");
  if (!verify(publicKey, message, signature)) throw new CoreError("NOTE_SIGNATURE_INVALID");
}

// A cosignature that cannot even be read, or speaks of names too long to sign, is a bad signature like any other.
function orInvalid<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw new CoreError("NOTE_SIGNATURE_INVALID", { cause });
  }
}
