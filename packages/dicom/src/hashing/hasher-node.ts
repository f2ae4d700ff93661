// SHA-256 in pieces and HMAC where Node's OpenSSL is at hand. Equal to hasher-portable.ts.
import { createHash, createHmac, createSecretKey } from "node:crypto";
import type { Hasher, KeyedHash } from "./hasher.ts";

type NodeHash = ReturnType<typeof createHash>;

/** Begins a SHA-256. FIPS 180-4. */
export function newHasher(): Hasher {
  return hasherOf(createHash("sha256"));
}

/** Returns HMAC-SHA256 under `key`. RFC 2104. */
export function keyedHash(key: Uint8Array): KeyedHash {
  // A key object is made once: given as bytes, Node would make one for every message, at seven times the cost.
  const secret = createSecretKey(key);
  return (message) => createHmac("sha256", secret).update(message).digest();
}

function hasherOf(state: NodeHash): Hasher {
  return {
    update: (bytes) => {
      state.update(bytes);
    },
    digest: () => state.digest(),
    fork: () => hasherOf(state.copy()),
  };
}
