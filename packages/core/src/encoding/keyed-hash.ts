// HMAC-SHA256 for many short texts under one key: salts, of which a statement has a handful and an image hundreds. RFC 2104.
import { sha256 } from "#sha256";
import { utf8 } from "./bytes.ts";

/** HMAC-SHA256 (32 bytes) under one key, of texts taken as UTF-8. */
export type KeyedHash = (message: string) => Uint8Array<ArrayBuffer>;

const blockBytes = 64;

/**
 * Returns the HMAC-SHA256 under `key`. Written out in the two hashes that it is: Node's own takes twenty times as long over texts as
 * short as these, and a library's, which runs in JavaScript, twice.
 */
export function keyedHash(key: Uint8Array): KeyedHash {
  const padded = new Uint8Array(blockBytes);
  padded.set(key.length > blockBytes ? sha256(key) : key);
  const inner = padded.map((byte) => byte ^ 0x36);
  const outer = padded.map((byte) => byte ^ 0x5c);
  return (message) => sha256(outer, sha256(inner, utf8(message)));
}
