// The head of an element: tag, value representation and length. DICOM PS3.5 § 7.1.2 (explicit), § 7.1.3 (implicit).
import { DicomError } from "../dicom-error.ts";
import { type Tag, tagText } from "../dictionary/tag.ts";
import { hasLongHeader, isKnownVr } from "../dictionary/vr.ts";
import { type ByteWindow, byteAt, tagAt, uint16At, uint32At } from "./byte-window.ts";

/** How the elements of a data set are encoded. */
export interface Encoding {
  readonly explicitVr: boolean;
  readonly bigEndian: boolean;
}

/** What stands before a value. */
export interface ElementHeader {
  readonly tag: Tag;
  /** VR as encoded; empty where none is. */
  readonly vr: string;
  /** Bytes of the value, or `undefinedLength`. */
  readonly length: number;
  /** Where the value begins. */
  readonly valueStart: number;
}

/** The length that says: until the delimiter. PS3.5 § 7.1.1. */
export const undefinedLength = 0xffffffff;

/** The longest head there is, in bytes. */
export const longestHeaderBytes = 12;

const vrOfLetters: (string | undefined)[] = [];

/**
 * Reads the head at `offset`, of which the window holds 12 bytes or all up to `limit`, at least 8.
 * Throws TRUNCATED when a long head passes `limit`.
 */
export function readElementHeader(
  window: ByteWindow,
  offset: number,
  limit: number,
  encoding: Encoding,
): ElementHeader {
  const { explicitVr, bigEndian } = encoding;
  const tag = tagAt(window, offset, bigEndian);
  if (!explicitVr) return { tag, vr: "", length: uint32At(window, offset + 4, bigEndian), valueStart: offset + 8 };
  const vr = vrAt(window, offset + 4);
  if (vr === "") return { tag, vr, length: uint32At(window, offset + 4, bigEndian), valueStart: offset + 8 };
  if (isShort(vr)) return { tag, vr, length: uint16At(window, offset + 6, bigEndian), valueStart: offset + 8 };
  if (offset + longestHeaderBytes > limit) throw new DicomError("TRUNCATED", { offset, tag: tagText(tag) });
  return { tag, vr, length: uint32At(window, offset + 8, bigEndian), valueStart: offset + longestHeaderBytes };
}

/** Tells whether the element at `offset`, of which the window holds 8 bytes, has a VR of PS3.5 § 6.2. */
export function hasKnownVr(window: ByteWindow, offset: number): boolean {
  return isKnownVr(vrAt(window, offset + 4));
}

// What stands where a VR should be. A VR to come has two capitals and the long head; "??" and blanks, which some systems write for
// "unknown", have the short one, as in DCMTK; and anything else is the length of an element that has no VR at all.
function vrAt(window: ByteWindow, offset: number): string {
  const [first, second] = [byteAt(window, offset), byteAt(window, offset + 1)];
  const letters = (first << 8) | second;
  const known = vrOfLetters[letters];
  if (known !== undefined) return known;
  const isText =
    (isGraphic(first) && isGraphic(second)) || (letters === 0 && uint16At(window, offset + 2, false) !== 0);
  const vr = letters === 0 && isText ? "??" : isText ? String.fromCharCode(first, second) : "";
  if (isKnownVr(vr)) vrOfLetters[letters] = vr;
  return vr;
}

function isShort(vr: string): boolean {
  return isKnownVr(vr) ? !hasLongHeader(vr) : !(isCapital(vr.charCodeAt(0)) && isCapital(vr.charCodeAt(1)));
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isGraphic(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}
