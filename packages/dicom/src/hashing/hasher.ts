// SHA-256 in pieces, for what does not fit into memory, and of very short things. Node and browser have one each behind `#hasher`. FIPS 180-4.

/** A SHA-256 under way. */
export interface Hasher {
  /** Takes the next bytes; they may be changed afterwards. */
  update(bytes: Uint8Array): void;
  /** Returns the digest, 32 bytes. The hasher is then used up. */
  digest(): Uint8Array;
  /** Returns a second hasher that has taken the same bytes. */
  fork(): Hasher;
}
