// Salted commitments: what stands on the ledger in place of a sealed value. docs/formats/statement.md § Commitments.
import { keyedHash, sha256 } from "#sha256";
import { concat, fromHex, toHex, utf8 } from "../encoding/bytes.ts";
import { canonicalJson, type Json } from "../encoding/canonical-json.ts";

/** The name under which commitments stand in a DigestSet: lower-case hex of 32 bytes. */
export const commitmentLabel = "fiducial-commitment-v1";

/** A sealed value opened: the value, and the salt (64 hex digits) that leads to its commitment. */
export interface Disclosure {
  readonly salt: string;
  readonly value: Json;
}

const domain = concat(utf8(commitmentLabel), Uint8Array.of(0));

/** Derives the 32-byte salt of one path from a seed of 32 random bytes: HMAC-SHA256(seed, path). Salts are disclosed, seeds never. */
export function saltOf(seed: Uint8Array, path: string): Uint8Array<ArrayBuffer> {
  return keyedHash(seed)(path);
}

/** Commits to `value` under a 32-byte salt: SHA-256(domain ‖ 0x00 ‖ salt ‖ canonical value), as hex. */
export function commitment(salt: Uint8Array, value: Json): string {
  return toHex(sha256(domain, salt, utf8(canonicalJson(value))));
}

/** Tells whether a disclosure opens a commitment; malformed salts and values open nothing. */
export function opens(disclosure: Disclosure, committed: string): boolean {
  const salt = fromHex(disclosure.salt);
  if (salt?.length !== 32) return false;
  try {
    return commitment(salt, disclosure.value) === committed;
  } catch {
    return false;
  }
}
