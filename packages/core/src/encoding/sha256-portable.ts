// SHA-256 for browsers: synchronous, so that proofs read as plain functions. Equal to sha256-node.ts on shared vectors.
import { sha256 as noble } from "@noble/hashes/sha2.js";

/** Returns the 32-byte SHA-256 digest of `parts` laid end to end. FIPS 180-4. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const hasher = noble.create();
  for (const part of parts) hasher.update(part);
  return new Uint8Array(hasher.digest());
}
