// One rule for every verifier: bytes are checked here, then a backend checks the equation. docs/formats/keys.md § Verification.
import { precheckEd25519 } from "./ed25519-rule.ts";
import { precheckP256 } from "./p256-rule.ts";
import type { PublicKey } from "./public-key.ts";

/**
 * Checks the equation of a signature that passed the rule's checks, and nothing else: Ed25519 without the cofactor over
 * the exact bytes of R, A and message (RFC 8032 § 5.1.7, [S]B = R + [k]A), ECDSA P-256 over SHA-256 of the message, raw r ‖ s.
 * A key that is no point verifies nothing. Bytes that passed the checks never make it throw; others may.
 */
export interface SignatureBackend {
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  verifyP256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** Tells whether `signature` is this key's over `message`. False for a passkey: it signs assertions (`verifyAssertion`), never a message. */
export function verifySignature(
  backend: SignatureBackend,
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  switch (key.algorithm) {
    case "Ed25519":
      return precheckEd25519(key.bytes, signature) && backend.verifyEd25519(key.bytes, message, signature);
    case "P-256":
      return precheckP256(key.bytes, signature) && backend.verifyP256(key.bytes, message, signature);
    default:
      return false;
  }
}
