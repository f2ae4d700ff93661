// UTF-8, hex and base64 for browsers. Equal to byte-text-node.ts on whatever callers let through.

const hexDigits = "0123456789abcdef";
const hexOfByte: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `${hexDigits[byte >> 4]}${hexDigits[byte & 15]}`,
);
const piece = 8192;
const encoder = new TextEncoder();

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hexOfByte[byte];
  return text;
}

export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let from = 0; from < bytes.length; from += piece)
    binary += String.fromCharCode(...bytes.subarray(from, from + piece));
  return btoa(binary);
}

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

export function unwritten(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size);
}
