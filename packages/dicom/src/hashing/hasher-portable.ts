// SHA-256 in pieces and of short things, and HMAC, for browsers. Equal to hasher-node.ts.
import { utf8 } from "@fiducial/core";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Hasher, KeyedHash } from "./hasher.ts";

type NobleHash = ReturnType<typeof sha256.create>;

/** Begins a SHA-256. FIPS 180-4. */
export function newHasher(): Hasher {
  return hasherOf(sha256.create());
}

/** Returns the SHA-256 of few bytes. */
export function shortDigest(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}

/** Returns HMAC-SHA256 under `key`, of texts as UTF-8. RFC 2104. */
export function keyedHash(key: Uint8Array): KeyedHash {
  const begun = hmac.create(sha256, key);
  return (message) => begun.clone().update(utf8(message)).digest();
}

function hasherOf(state: NobleHash): Hasher {
  return {
    update: (bytes) => {
      state.update(bytes);
    },
    digest: () => state.digest(),
    fork: () => hasherOf(state.clone()),
  };
}
