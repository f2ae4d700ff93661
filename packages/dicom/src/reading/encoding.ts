// How a data set is encoded: what its transfer syntax says, checked against its first element. DICOM PS3.5 § 10, Annex A.
import { DicomError } from "../dicom-error.ts";
import { groupOf } from "../dictionary/tag.ts";
import { isKnownVr } from "../dictionary/vr.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, moveTo, tagAt, windowOn } from "./byte-window.ts";
import { type ElementHeader, type Encoding, readElementHeader, undefinedLength } from "./element-header.ts";
import type { FileMeta } from "./file-meta.ts";
import type { ReadingNote } from "./notes.ts";

/** How the data set of an object is encoded. */
export interface DataSetEncoding extends Encoding {
  readonly deflated: boolean;
  /** As stated, else as the first element tells. */
  readonly transferSyntaxUid: string;
  readonly notes: readonly ReadingNote[];
}

const implicitLittleEndian = "1.2.840.10008.1.2";
const explicitLittleEndian = "1.2.840.10008.1.2.1";
const explicitBigEndian = "1.2.840.10008.1.2.2";
/** GE's private syntax: an implicit data set whose pixel data, which are none of this reader's business, are big-endian. */
const gePrivateImplicit = "1.2.840.113619.5.2";
/** Deflated Explicit VR, and the two JPIP Referenced Deflate syntaxes. */
const deflatedSyntaxes: ReadonlySet<string> = new Set([
  "1.2.840.10008.1.2.1.99",
  "1.2.840.10008.1.2.4.95",
  "1.2.840.10008.1.2.4.205",
]);

/** Tells how the data set behind `meta` is encoded. Throws NOT_DICOM, TRUNCATED, SOURCE_CHANGED. */
export async function dataSetEncoding(source: ByteSource, meta: FileMeta): Promise<DataSetEncoding> {
  const window = windowOn(source);
  const room = source.size - meta.dataSetStart;
  if (room < 8)
    throw new DicomError(meta.notes.includes("NO_META") ? "NOT_DICOM" : "TRUNCATED", { offset: source.size });
  await moveTo(window, meta.dataSetStart, Math.min(room, 12), 12);
  const seen = seenEncoding(window, meta.dataSetStart);
  if (meta.transferSyntaxUid === undefined) return guessed(seen, meta);
  const stated = statedEncoding(meta.transferSyntaxUid);
  if (seen === undefined) return { ...stated, transferSyntaxUid: meta.transferSyntaxUid, notes: [] };
  // A deflated stream that looks like an element would have to begin with the very bytes of one.
  const agrees = !stated.deflated && seen.explicitVr === stated.explicitVr && seen.bigEndian === stated.bigEndian;
  if (stated.deflated && !seen.explicitVr) return { ...stated, transferSyntaxUid: meta.transferSyntaxUid, notes: [] };
  const notes: ReadingNote[] = agrees ? [] : ["ENCODING_DIFFERS_FROM_META"];
  return { ...seen, deflated: false, transferSyntaxUid: meta.transferSyntaxUid, notes };
}

/** Tells how an inflated data set is encoded: always explicit, unless its sender erred. */
export function inflatedEncoding(head: Uint8Array): Encoding {
  const window: ByteWindow = { source: { size: head.length, read: async () => head }, bytes: head, start: 0 };
  return (head.length < 12 ? undefined : seenEncoding(window, 0)) ?? { explicitVr: true, bigEndian: false };
}

function statedEncoding(uid: string): Encoding & { readonly deflated: boolean } {
  return {
    explicitVr: uid !== implicitLittleEndian && uid !== gePrivateImplicit,
    bigEndian: uid === explicitBigEndian,
    deflated: deflatedSyntaxes.has(uid),
  };
}

function guessed(seen: Encoding | undefined, meta: FileMeta): DataSetEncoding {
  if (seen === undefined) throw new DicomError("NOT_DICOM");
  const notes: ReadingNote[] = meta.notes.includes("NO_META") ? [] : ["TRANSFER_SYNTAX_MISSING"];
  const transferSyntaxUid = !seen.explicitVr
    ? implicitLittleEndian
    : seen.bigEndian
      ? explicitBigEndian
      : explicitLittleEndian;
  return { ...seen, deflated: false, transferSyntaxUid, notes };
}

// A data set begins with a low group, nearly always 0008: that tells the byte order, and a known VR behind the tag tells the rest.
function seenEncoding(window: ByteWindow, offset: number): Encoding | undefined {
  const limit = window.source.size;
  for (const bigEndian of [false, true]) {
    const group = groupOf(tagAt(window, offset, bigEndian));
    if (group === 0 || group > 0x0028) continue;
    for (const explicitVr of [true, false]) {
      const header = headerAt(window, offset, limit, { explicitVr, bigEndian });
      if (header === undefined || isKnownVr(header.vr) !== explicitVr) continue;
      if (header.length === undefinedLength || header.length <= limit - header.valueStart)
        return { explicitVr, bigEndian };
    }
  }
  return undefined;
}

function headerAt(window: ByteWindow, offset: number, limit: number, encoding: Encoding): ElementHeader | undefined {
  try {
    return readElementHeader(window, offset, limit, encoding);
  } catch {
    return undefined;
  }
}
