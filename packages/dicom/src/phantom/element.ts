// Elements as plain data, and their values as bytes. DICOM PS3.5 § 6.2, § 7.1. Only for objects made here; received ones are never written again.
import { concat, utf8 } from "@fiducial/core";
import { PhantomError } from "./phantom-error.ts";

/** VRs whose values are text; DS and IS also take numbers. */
export type TextVr =
  | "AE"
  | "AS"
  | "CS"
  | "DA"
  | "DS"
  | "DT"
  | "IS"
  | "LO"
  | "LT"
  | "PN"
  | "SH"
  | "ST"
  | "TM"
  | "UC"
  | "UI"
  | "UR"
  | "UT";
/** VRs whose values are binary numbers. */
export type NumberVr = "FD" | "FL" | "SL" | "SS" | "UL" | "US";
/** VRs whose values are bytes. */
export type BytesVr = "OB" | "OW" | "UN";

/** Sample or byte arrays; 16-bit samples are written little endian. */
export type Samples = Uint8Array | Uint16Array | Int16Array;

/** One element: its VR, and a value that fits it. Without a value it is written empty. */
export type Element =
  | { readonly vr: TextVr; readonly value?: string | number | readonly (string | number)[] }
  | { readonly vr: NumberVr; readonly value?: number | readonly number[] }
  | { readonly vr: BytesVr; readonly value?: Samples }
  | { readonly vr: "SQ"; readonly value?: readonly DataSet[] };

/** Elements by tag, eight upper-case hex digits such as "00100010"; they are written in ascending order whatever theirs is. */
export interface DataSet {
  readonly [tag: string]: Element;
}

/** Returns the value as bytes, padded to an even length. Sequences are written by part10.ts. Throws VALUE_UNFIT. */
export function encodeValue(tag: string, element: Exclude<Element, { readonly vr: "SQ" }>): Uint8Array {
  const { vr, value } = element;
  if (value === undefined) return new Uint8Array();
  if (isNumberVr(vr)) return encodeNumbers(vr, [value].flat() as number[], tag);
  if (isBytesVr(vr)) return padded(littleEndian(value as Samples), 0);
  const parts = [value].flat() as (string | number)[];
  return padded(utf8(parts.map((part) => textOf(vr, part, tag)).join("\\")), vr === "UI" ? 0 : 0x20);
}

/** The most characters a single value may have. PS3.5 table 6.2-1. */
const longest: Readonly<Record<TextVr, number>> = {
  AE: 16,
  AS: 4,
  CS: 16,
  DA: 8,
  DS: 16,
  DT: 26,
  IS: 12,
  LO: 64,
  LT: 10240,
  PN: 64,
  SH: 16,
  ST: 1024,
  TM: 14,
  UC: 1e6,
  UI: 64,
  UR: 1e6,
  UT: 1e6,
};

const widths: Readonly<Record<NumberVr, number>> = { FD: 8, FL: 4, SL: 4, SS: 2, UL: 4, US: 2 };

function isNumberVr(vr: string): vr is NumberVr {
  return vr in widths;
}

function isBytesVr(vr: string): vr is BytesVr {
  return vr === "OB" || vr === "OW" || vr === "UN";
}

function textOf(vr: TextVr, part: string | number, tag: string): string {
  const text = typeof part === "number" ? decimal(part, longest[vr]) : part;
  const single = vr === "LT" || vr === "ST" || vr === "UT" || vr === "UR";
  if ([...text].length > longest[vr] || (!single && text.includes("\\"))) throw new PhantomError("VALUE_UNFIT", tag);
  return text;
}

// The shortest text that fits and is closest to the number.
function decimal(value: number, limit: number): string {
  let text = String(value);
  for (let digits = 15; text.length > limit && digits > 0; digits--) text = String(Number(value.toPrecision(digits)));
  return text;
}

function encodeNumbers(vr: NumberVr, values: readonly number[], tag: string): Uint8Array {
  const width = widths[vr];
  const bytes = new Uint8Array(values.length * width);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) {
    if (!fits(vr, value)) throw new PhantomError("VALUE_UNFIT", tag);
    writers[vr](view, index * width, value);
  }
  return bytes;
}

const writers: Readonly<Record<NumberVr, (view: DataView, at: number, value: number) => void>> = {
  FD: (view, at, value) => view.setFloat64(at, value, true),
  FL: (view, at, value) => view.setFloat32(at, value, true),
  SL: (view, at, value) => view.setInt32(at, value, true),
  SS: (view, at, value) => view.setInt16(at, value, true),
  UL: (view, at, value) => view.setUint32(at, value, true),
  US: (view, at, value) => view.setUint16(at, value, true),
};

function fits(vr: NumberVr, value: number): boolean {
  if (vr === "FD" || vr === "FL") return Number.isFinite(value);
  const span = 2 ** (8 * widths[vr]);
  const [low, high] = vr === "US" || vr === "UL" ? [0, span - 1] : [-span / 2, span / 2 - 1];
  return Number.isInteger(value) && value >= low && value <= high;
}

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function littleEndian(samples: Samples): Uint8Array {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  if (samples.BYTES_PER_ELEMENT === 1 || hostIsLittleEndian) return bytes;
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) swapped[at] = bytes[at ^ 1] as number;
  return swapped;
}

function padded(bytes: Uint8Array, padding: number): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : concat(bytes, new Uint8Array([padding]));
}
