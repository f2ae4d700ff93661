// SHA-256 in pieces and HMAC for browsers. Equal to hasher-node.ts.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Hasher, KeyedHash } from "./hasher.ts";

type NobleHash = ReturnType<typeof sha256.create>;

/** Begins a SHA-256. FIPS 180-4. */
export function newHasher(): Hasher {
  return hasherOf(sha256.create());
}

/** Returns HMAC-SHA256 under `key`. RFC 2104. */
export function keyedHash(key: Uint8Array): KeyedHash {
  const begun = hmac.create(sha256, key);
  return (message) => begun.clone().update(message).digest();
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
