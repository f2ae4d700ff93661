// Numbers and texts in PDUs. DICOM PS3.8 § 9.3.1 (numbers: highest byte first) and Annex F (UIDs), PS3.5 § 6.2 (AE titles).
import { isUid } from "../reading/uid.ts";

/** Reads two bytes as a number; absent ones are zero. */
export function uint16Of(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Reads a UID, which some systems pad to an even length. Returns an empty text for what is none. */
export function uidOf(bytes: Uint8Array): string {
  if (bytes.length > 66) return "";
  const text = latin1(bytes).replace(/[ \0]+$/, "");
  return isUid(text) ? text : "";
}

/** Reads an AE title without the spaces around it. Returns an empty text for what is none: controls, a backslash, more than ISO 646 has. */
export function aeTitleOf(bytes: Uint8Array): string {
  const text = latin1(bytes).replace(/^ +|[ \0]+$/g, "");
  return isAeTitle(text) ? text : "";
}

/** Tells whether `text` can be an AE title: 1 to 16 characters of ISO 646 but controls and the backslash, no spaces at the ends. */
export function isAeTitle(text: string): boolean {
  return /^[\x21-\x5b\x5d-\x7e](?:[\x20-\x5b\x5d-\x7e]{0,14}[\x21-\x5b\x5d-\x7e])?$/.test(text);
}

/** Reads a name of up to 16 characters; others are replaced by a question mark. PS3.7 § D.3.3.2.3. */
export function versionNameOf(bytes: Uint8Array): string {
  return latin1(bytes.subarray(0, 16))
    .replace(/[ \0]+$/, "")
    .replaceAll(/[^\x20-\x7e]/g, "?");
}

/** Reads each byte as a character. */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Writes each character as a byte. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
