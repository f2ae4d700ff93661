// SHA-256 where Node's OpenSSL is at hand: the same function as sha256-portable.ts, about eight times as fast.
import { createHash, hash } from "node:crypto";

/** Below this, laying parts end to end costs less than hashing them one by one. */
const shortBytes = 4096;

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
