// SHA-256 in pieces and of short things, for browsers. Equal to hasher-node.ts.
import { sha256 } from "@noble/hashes/sha2.js";
import type { Hasher } from "./hasher.ts";

type NobleHash = ReturnType<typeof sha256.create>;

/** Begins a SHA-256. FIPS 180-4. */
export function newHasher(): Hasher {
  return hasherOf(sha256.create());
}

/** Returns the SHA-256 of few bytes. */
export function shortDigest(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
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
