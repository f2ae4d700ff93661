// Values as the DICOM JSON Model writes them, by VR. DICOM PS3.18 § F.2.3, PS3.5 § 6.2.
import { toBase64 } from "@fiducial/core";
import { numberWidth } from "../dictionary/vr.ts";
import { decodeText } from "../header/character-set.ts";
import type { JsonAttribute, JsonName, JsonValue } from "./json-model.ts";
import { jsonTag } from "./json-model.ts";

/** How the bytes of a value are to be read. */
export interface ValueEncoding {
  readonly bigEndian: boolean;
  /** Values of Specific Character Set (0008,0005) that hold for it. */
  readonly characterSets: readonly string[];
}

/** Makes the attribute of a value that is no sequence. `bytes` are as they stand. */
export function jsonAttribute(vr: string, bytes: Uint8Array, encoding: ValueEncoding): JsonAttribute {
  if (binary.has(vr)) {
    const ordered = encoding.bigEndian ? littleEndian(bytes, numberWidth(vr)) : bytes;
    return bytes.length === 0 ? { vr } : { vr, InlineBinary: toBase64(ordered) };
  }
  const read = numbers[vr];
  const Value = read === undefined ? textValues(vr, bytes, encoding) : numberValues(vr, bytes, read, encoding);
  return Value.length === 0 ? { vr } : { vr, Value };
}

/** Tells whether values of this VR are bytes to the JSON Model: InlineBinary or BulkDataURI. */
export function isBinaryVr(vr: string): boolean {
  return binary.has(vr);
}

/** Returns numbers of `width` bytes lowest byte first, as bulk data are given. What makes no whole number stays. */
export function littleEndian(bytes: Uint8Array, width: number): Uint8Array {
  const ordered = new Uint8Array(bytes);
  for (let at = 0; width > 1 && at + width <= ordered.length; at += width) ordered.subarray(at, at + width).reverse();
  return ordered;
}

const binary: ReadonlySet<string> = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "UN"]);
/** Texts that may hold other than ASCII. PS3.5 § 6.1.2.3. */
const inCharacterSet: ReadonlySet<string> = new Set(["LO", "LT", "PN", "SH", "ST", "UC", "UT"]);
/** Texts in which a backslash is a character like others. */
const single: ReadonlySet<string> = new Set(["LT", "ST", "UR", "UT"]);
/** Texts whose blanks in front are padding too. */
const trimmedInFront: ReadonlySet<string> = new Set(["AE", "CS", "DS", "IS", "UI"]);

type NumberReader = (view: DataView, at: number, littleEndian: boolean) => JsonValue;

const numbers: Readonly<Record<string, NumberReader>> = {
  AT: (view, at, little) => jsonTag(view.getUint16(at, little) * 0x10000 + view.getUint16(at + 2, little)),
  FD: (view, at, little) => finite(view.getFloat64(at, little)),
  FL: (view, at, little) => finite(view.getFloat32(at, little)),
  SL: (view, at, little) => view.getInt32(at, little),
  SS: (view, at, little) => view.getInt16(at, little),
  SV: (view, at, little) => wide(view.getBigInt64(at, little)),
  UL: (view, at, little) => view.getUint32(at, little),
  US: (view, at, little) => view.getUint16(at, little),
  UV: (view, at, little) => wide(view.getBigUint64(at, little)),
};

function numberValues(vr: string, bytes: Uint8Array, read: NumberReader, { bigEndian }: ValueEncoding): JsonValue[] {
  const step = vr === "AT" ? 4 : numberWidth(vr);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / step) }, (_, index) => read(view, index * step, !bigEndian));
}

// JSON has no such numbers; as texts they are at least told.
function finite(value: number): JsonValue {
  return Number.isFinite(value) ? value : String(value);
}

function wide(value: bigint): JsonValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function textValues(vr: string, bytes: Uint8Array, { characterSets }: ValueEncoding): JsonValue[] {
  const text = trimmedEnd(decodeText(bytes, inCharacterSet.has(vr) ? characterSets : ["ISO_IR 100"]));
  if (text === "") return [];
  const texts = single.has(vr) ? [text] : text.split("\\");
  return texts.map((part) => {
    const trimmed = trimmedInFront.has(vr) ? trimmedEnd(part).trimStart() : trimmedEnd(part);
    return trimmed === "" ? null : textValue(vr, trimmed);
  });
}

function textValue(vr: string, text: string): JsonValue {
  if (vr === "PN") return nameOf(text);
  if (vr === "IS") return /^[+-]?\d{1,12}$/.test(text) ? Number(text) : text;
  return vr === "DS" ? decimalValue(text) : text;
}

/** Reads a person name's component groups. PS3.5 § 6.2.1.2. */
export function nameOf(text: string): JsonName {
  const [Alphabetic = "", Ideographic = "", Phonetic = ""] = text.split("=").map(trimmedEnd);
  return {
    ...(Alphabetic === "" ? {} : { Alphabetic }),
    ...(Ideographic === "" ? {} : { Ideographic }),
    ...(Phonetic === "" ? {} : { Phonetic }),
  };
}

// A number where its double has every digit that was sent, and else the text. IEEE 754: 15 digits survive.
function decimalValue(text: string): JsonValue {
  const [, whole = "", fraction = ""] = /^[+-]?(\d*)(?:\.(\d*))?(?:[eE][+-]?\d+)?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`;
  const value = Number(text);
  const isExact = digits !== "" && digits.replace(/^0+/, "").length <= 15 && Number.isFinite(value);
  return isExact ? value : text;
}

function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\0")) end--;
  return text.slice(0, end);
}
