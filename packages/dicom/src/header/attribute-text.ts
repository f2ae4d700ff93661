// The value of one attribute as text, for people who may see it. DICOM PS3.5 § 6.2.
import { toHex } from "@fiducial/core";
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { numberWidth } from "../dictionary/vr.ts";
import type { CanonicalAttribute } from "../fingerprint/canonical-attributes.ts";
import { readItems } from "../fingerprint/canonical-attributes.ts";
import { forms } from "../fingerprint/canonical-header.ts";
import { decodeText } from "./character-set.ts";

/** Longer text, and more numbers, are cut off with an ellipsis. */
const longestText = 256;
const mostNumbers = 32;

/** Writes a value as text: decoded text, numbers, hex for a few other bytes, else how much there is. This is patient data. Throws CANONICAL_HEADER_MALFORMED. */
export function attributeText(attribute: CanonicalAttribute, characterSets: readonly string[]): string {
  const { form, content, tag, creator } = attribute;
  if (form === forms.sequence) return itemsText(readItems(attribute).length);
  if (form === forms.bulk) return `${new DataView(content.buffer, content.byteOffset).getUint32(4)} bytes`;
  if (form === forms.fragments) return `${content.length} bytes`;
  const entry = creator === "" ? dictionaryEntry(tag) : undefined;
  if (entry?.valueClass === "text") return cut(decodeText(content.subarray(0, 4 * longestText), characterSets));
  const read = numberReaders[entry?.vr ?? ""];
  if (read !== undefined) return numbersText(content, numberWidth(entry?.vr ?? ""), read);
  return content.length <= mostNumbers ? toHex(content) : `${content.length} bytes`;
}

const numberReaders: Readonly<Record<string, (view: DataView, at: number) => string>> = {
  US: (view, at) => String(view.getUint16(at, true)),
  xs: (view, at) => String(view.getUint16(at, true)),
  SS: (view, at) => String(view.getInt16(at, true)),
  UL: (view, at) => String(view.getUint32(at, true)),
  SL: (view, at) => String(view.getInt32(at, true)),
  UV: (view, at) => String(view.getBigUint64(at, true)),
  SV: (view, at) => String(view.getBigInt64(at, true)),
  FL: (view, at) => String(view.getFloat32(at, true)),
  FD: (view, at) => String(view.getFloat64(at, true)),
};

function numbersText(content: Uint8Array, width: number, read: (view: DataView, at: number) => string): string {
  const step = width === 1 ? 2 : width;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const count = Math.floor(content.length / step);
  const numbers = Array.from({ length: Math.min(count, mostNumbers) }, (_, index) => read(view, index * step));
  return numbers.join("\\") + (count > mostNumbers ? "…" : "");
}

function itemsText(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
