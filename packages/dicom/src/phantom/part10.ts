// Writes DICOM Part 10 files from plain descriptions. DICOM PS3.10 § 7.1, PS3.5 § 7. Only for objects made here; received ones are never written again.
import { concat, utf8 } from "@fiducial/core";
import { type DataSet, type Element, encodeValue } from "./element.ts";

/** How a data set is laid out; the same elements in any form are the same object. */
export interface Form {
  readonly transferSyntax: "explicit" | "implicit";
  /** Whether sequences and items state their length or end with a delimiter. PS3.5 § 7.5. */
  readonly sequences: "defined" | "undefined";
}

/** Explicit VR Little Endian, lengths stated. */
export const explicitForm: Form = { transferSyntax: "explicit", sequences: "defined" };

/** The transfer syntax UIDs of the two forms. PS3.5 § 10. */
export const transferSyntaxes = { explicit: "1.2.840.10008.1.2.1", implicit: "1.2.840.10008.1.2" } as const;

/** Names this writer in the file meta information of everything it writes. PS3.7 annex D.3.3.2. */
export const implementation = {
  classUid: "2.25.301302663236305157886068292451455916754",
  versionName: "FIDUCIAL_PHANTOM",
} as const;

/** Returns a whole file: preamble, file meta information, data set. SOP Class and Instance UIDs are taken from `dataSet`. Throws VALUE_UNFIT. */
export function writePart10(dataSet: DataSet, form: Form = explicitForm): Uint8Array {
  const meta = encodeDataSet(
    {
      "00020001": { vr: "OB", value: new Uint8Array([0, 1]) },
      "00020002": { vr: "UI", value: textOf(dataSet["00080016"]) },
      "00020003": { vr: "UI", value: textOf(dataSet["00080018"]) },
      "00020010": { vr: "UI", value: transferSyntaxes[form.transferSyntax] },
      "00020012": { vr: "UI", value: implementation.classUid },
      "00020013": { vr: "SH", value: implementation.versionName },
    },
    explicitForm,
  );
  const length = encodeElement("00020000", { vr: "UL", value: meta.length }, explicitForm);
  return concat(new Uint8Array(128), utf8("DICM"), length, meta, ...dataSetParts(dataSet, form));
}

/** Returns the elements of `dataSet` in ascending order of tag, without file meta information. Throws VALUE_UNFIT. */
export function encodeDataSet(dataSet: DataSet, form: Form): Uint8Array {
  return concat(...dataSetParts(dataSet, form));
}

/** Returns one element with its header. Throws VALUE_UNFIT. */
export function encodeElement(tag: string, element: Element, form: Form): Uint8Array {
  return concat(...elementParts(tag, element, form));
}

const undefinedLength = 0xffffffff;
const longHeaders: ReadonlySet<string> = new Set(["OB", "OW", "SQ", "UC", "UN", "UR", "UT"]);

function dataSetParts(dataSet: DataSet, form: Form): Uint8Array[] {
  const tags = Object.keys(dataSet).sort();
  return tags.flatMap((tag) => elementParts(tag, dataSet[tag] as Element, form));
}

function elementParts(tag: string, element: Element, form: Form): Uint8Array[] {
  if (element.vr !== "SQ") {
    const value = encodeValue(tag, element);
    return [header(tag, element.vr, value.length, form), value];
  }
  const items = (element.value ?? []).flatMap((item) => itemParts(item, form));
  if (form.sequences === "defined") return [header(tag, "SQ", sizeOf(items), form), ...items];
  return [header(tag, "SQ", undefinedLength, form), ...items, bare("FFFEE0DD", 0)];
}

function itemParts(item: DataSet, form: Form): Uint8Array[] {
  const content = encodeDataSet(item, form);
  if (form.sequences === "defined") return [bare("FFFEE000", content.length), content];
  return [bare("FFFEE000", undefinedLength), content, bare("FFFEE00D", 0)];
}

function header(tag: string, vr: string, length: number, form: Form): Uint8Array {
  if (form.transferSyntax === "implicit") return bare(tag, length);
  const long = longHeaders.has(vr);
  const bytes = new Uint8Array(long ? 12 : 8);
  bytes.set(bare(tag, 0).subarray(0, 4));
  bytes.set(utf8(vr), 4);
  const view = new DataView(bytes.buffer);
  if (long) view.setUint32(8, length, true);
  else view.setUint16(6, length, true);
  return bytes;
}

function bare(tag: string, length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Number.parseInt(tag.slice(0, 4), 16), true);
  view.setUint16(2, Number.parseInt(tag.slice(4), 16), true);
  view.setUint32(4, length, true);
  return bytes;
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((size, part) => size + part.length, 0);
}

function textOf(element: Element | undefined): string {
  return typeof element?.value === "string" ? element.value : "";
}
