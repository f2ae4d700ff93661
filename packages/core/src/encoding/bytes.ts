// Bytes as text and back: hex for digests and ids, base64 for keys, signatures and payloads, base64url where WebAuthn asks for it.

import * as codec from "#byte-text";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const hexPattern = /^[0-9a-f]*$/;
const base64UrlPattern = /^[A-Za-z0-9_-]*$/;

/** Encodes well-formed text as UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return codec.encodeUtf8(text);
}

/** Decodes UTF-8, or returns undefined when the bytes are not UTF-8. A byte-order mark is kept, never swallowed. */
export function utf8Decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lays `parts` end to end, in a buffer of their own. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return laid(parts, new Uint8Array(sizeOf(parts)));
}

/** As `concat`, at less cost, in a buffer that other bytes may share: it must never be transferred. */
export function concatPooled(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return laid(parts, codec.unwritten(sizeOf(parts)));
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((size, part) => size + part.length, 0);
}

function laid(parts: readonly Uint8Array[], into: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let offset = 0;
  for (const part of parts) {
    into.set(part, offset);
    offset += part.length;
  }
  return into;
}

/** Tells whether two byte strings are equal. Not constant-time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Orders byte strings as memcmp does: negative when `a` comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Writes bytes as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return codec.encodeHex(bytes);
}

/** Reads lower-case hex, or returns undefined: upper case and odd lengths have no place in a canonical format. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  return isLowerHex(text) && text.length % 2 === 0 ? codec.decodeHex(text) : undefined;
}

/** Tells whether `text` is made of lower-case hex digits alone. */
export function isLowerHex(text: string): boolean {
  return hexPattern.test(text);
}

/** Writes bytes as padded standard base64. RFC 4648 § 4. */
export function toBase64(bytes: Uint8Array): string {
  return codec.encodeBase64(bytes);
}

/** Reads padded standard base64 in its one canonical form (no white space, zero trailing bits), or returns undefined. RFC 4648 § 3.5. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = codec.decodeBase64(text);
  // Decoders forgive what a canonical form must not; writing the bytes again shows it.
  return bytes !== undefined && codec.encodeBase64(bytes) === text ? bytes : undefined;
}

/** Writes bytes as unpadded base64url. RFC 4648 § 5. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads unpadded base64url in its one canonical form, or returns undefined. RFC 4648 § 5. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!base64UrlPattern.test(text) || text.length % 4 === 1) return undefined;
  const standard = text.replaceAll("-", "+").replaceAll("_", "/");
  return fromBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, "="));
}
