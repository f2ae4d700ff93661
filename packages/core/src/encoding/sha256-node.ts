// SHA-256, and HMAC for many short texts, where Node's OpenSSL is at hand: the same functions as in sha256-portable.ts, many times as fast.
import { createHash, hash } from "node:crypto";
import type { KeyedHash } from "./keyed-hash.ts";

/** Below this, laying parts end to end costs less than hashing them one by one. */
const shortBytes = 4096;
const blockBytes = 64;
const digestBytes = 32;
/** Texts up to this many bytes are laid into one buffer, again and again. */
const usualBytes = 256;

/** Returns the 32-byte SHA-256 digest of `parts` laid end to end. FIPS 180-4. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return digestOf(only);
  const size = parts.reduce((total, { length }) => total + length, 0);
  if (size < shortBytes) return digestOf(joined(parts, size));
  const hasher = createHash("sha256");
  for (const part of parts) hasher.update(part);
  return own(hasher.digest());
}

/**
 * Returns HMAC-SHA256 under `key`. RFC 2104. Written out in the two hashes that it is, because Node's own costs many times as much for
 * texts as short as paths, of which a statement has a handful and an image hundreds.
 */
export function keyedHash(key: Uint8Array): KeyedHash {
  const padded = new Uint8Array(blockBytes);
  padded.set(key.length > blockBytes ? digestOf(key) : key);
  const outer = Buffer.alloc(blockBytes + digestBytes);
  outer.set(padded.map((byte) => byte ^ 0x5c));
  const inner = Buffer.alloc(blockBytes + usualBytes);
  inner.set(padded.map((byte) => byte ^ 0x36));
  return (text) => {
    const size = blockBytes + Buffer.byteLength(text);
    const begun = size > inner.length ? enlarged(inner, size) : inner;
    begun.write(text, blockBytes, "utf8");
    outer.write(hash("sha256", begun.subarray(0, size), "binary"), blockBytes, "latin1");
    return digestOf(outer);
  };
}

function enlarged(bytes: Buffer, size: number): Buffer {
  const larger = Buffer.alloc(size);
  larger.set(bytes.subarray(0, blockBytes));
  return larger;
}

// Node makes a string of a digest in less than half the time that it takes to make a buffer.
function digestOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return own(Buffer.from(hash("sha256", bytes, "binary"), "latin1"));
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

// A plain view, so that callers see the same type in Node and in a browser.
function own({ buffer, byteOffset, byteLength }: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
