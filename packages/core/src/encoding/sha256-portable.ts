// SHA-256, and HMAC for many short texts, for browsers: synchronous, so that proofs read as plain functions. Equal to sha256-node.ts on shared vectors.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as noble } from "@noble/hashes/sha2.js";
import { utf8 } from "./bytes.ts";
import type { KeyedHash } from "./keyed-hash.ts";

/** Returns the 32-byte SHA-256 digest of `parts` laid end to end. FIPS 180-4. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const hasher = noble.create();
  for (const part of parts) hasher.update(part);
  return new Uint8Array(hasher.digest());
}

/** Returns HMAC-SHA256 under `key`. RFC 2104. */
export function keyedHash(key: Uint8Array): KeyedHash {
  const begun = hmac.create(noble, key);
  return (text) => new Uint8Array(begun.clone().update(utf8(text)).digest());
}
