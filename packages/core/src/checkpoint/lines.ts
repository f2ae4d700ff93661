// Lines that the C2SP formats share: decimal numbers and base64 hashes, each in its one exact form.
import { fromBase64 } from "../encoding/bytes.ts";
import { hashBytes } from "../merkle/hashes.ts";

/** Reads an ASCII decimal without leading zeros, 0 to 2^53 − 1, or returns undefined. */
export function decimalOf(line: string | undefined): number | undefined {
  if (line === undefined || !/^(?:0|[1-9]\d{0,15})$/.test(line)) return undefined;
  const value = Number(line);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Reads the base64 of a 32-byte hash, or returns undefined. */
export function hashOf(line: string | undefined): Uint8Array | undefined {
  const bytes = line === undefined ? undefined : fromBase64(line);
  return bytes?.length === hashBytes ? bytes : undefined;
}

/** Reads lines that must all be hashes, or returns undefined. */
export function hashesOf(lines: readonly string[]): Uint8Array[] | undefined {
  const hashes = lines.map(hashOf);
  return hashes.every((hash) => hash !== undefined) ? hashes : undefined;
}

/** Tells whether text has a control character below U+0020, which no C2SP text may hold within a line. */
export function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x20) return true;
  return false;
}
