// Signing with a secret key in memory: for browsers, small tools and tests. Deterministic: RFC 8032 § 5.1.6 and RFC 6979, low s.
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { CoreError } from "../core-error.ts";
import type { PublicKey, SignatureAlgorithm } from "./public-key.ts";

/** A secret key, 32 bytes: an Ed25519 seed, or a P-256 scalar, big-endian, from 1 to n − 1. */
export interface SecretKey {
  readonly algorithm: SignatureAlgorithm;
  readonly bytes: Uint8Array;
}

/** Returns the public key of a secret one. Throws SECRET_KEY_MALFORMED. */
export function publicKeyOf(secret: SecretKey): PublicKey {
  const { algorithm, bytes } = checked(secret);
  return { algorithm, bytes: algorithm === "Ed25519" ? ed25519.getPublicKey(bytes) : p256.getPublicKey(bytes, false) };
}

/** Signs `message`: 64 bytes, R ‖ S or r ‖ s with low s. The same message gets the same signature. Throws SECRET_KEY_MALFORMED. */
export function signMessage(secret: SecretKey, message: Uint8Array): Uint8Array<ArrayBuffer> {
  const { algorithm, bytes } = checked(secret);
  if (algorithm === "Ed25519") return ed25519.sign(message, bytes) as Uint8Array<ArrayBuffer>;
  return p256.sign(message, bytes, { prehash: true, lowS: true, extraEntropy: false }) as Uint8Array<ArrayBuffer>;
}

function checked(secret: SecretKey): SecretKey {
  const curve = secret.algorithm === "Ed25519" ? ed25519 : p256;
  if (!curve.utils.isValidSecretKey(secret.bytes)) throw new CoreError("SECRET_KEY_MALFORMED");
  return secret;
}
