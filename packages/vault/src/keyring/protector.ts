// What stands between secrets at rest and whoever reads the disk: the seam behind which a file, an HSM or a cloud's key service sits.
import { decrypt, encrypt, keyBytes, keyOf, type Place } from "../encryption/cipher.ts";
import { VaultError } from "../vault-error.ts";

/** Encrypts and decrypts short secrets (below 4 KiB) under a key that it never shows. */
export interface KeyProtector {
  /** Says of which sort it is; written beside what it wrapped, so that an operator knows what to bring back. */
  readonly name: string;
  wrap(plain: Uint8Array): Promise<Uint8Array>;
  /** Rejects with KEY_WRONG where it can tell, else may return other bytes. */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** Wraps under a 32-byte node key that `load` brings each time, so that the key is in memory no longer than it takes. */
export function nodeKeyProtector(name: string, load: () => Promise<Uint8Array>): KeyProtector {
  async function withKey<Result>(use: (key: Uint8Array) => Result): Promise<Result> {
    const key = await load();
    if (key.length !== keyBytes) throw new VaultError("KEY_MALFORMED", { bytes: key.length });
    try {
      return use(key);
    } finally {
      key.fill(0);
    }
  }
  return {
    name,
    wrap: (plain) => withKey((key) => encrypt(keyOf(key), plain, place)),
    unwrap: (wrapped) =>
      withKey((key) => {
        const plain = decrypt(keyOf(key), wrapped, place);
        if (plain === undefined) throw new VaultError("KEY_WRONG", { protector: name });
        return plain;
      }),
  };
}

const place: Place = ["node-key"];
