// The head of a DICOM file: preamble, DICM, and the file meta information, always Explicit VR Little Endian. DICOM PS3.10 § 7.1.
import { DicomError } from "../dicom-error.ts";
import { groupOf, type Tag, tags } from "../dictionary/tag.ts";
import { isKnownVr } from "../dictionary/vr.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, bytesAt, tagAt, uint32At } from "./byte-window.ts";
import { type ElementHeader, readElementHeader } from "./element-header.ts";
import type { ReadingNote } from "./notes.ts";

/** What stands before the data set. Texts are as given, without padding; absent ones are undefined. */
export interface FileMeta {
  readonly transferSyntaxUid: string | undefined;
  readonly sopClassUid: string | undefined;
  readonly sopInstanceUid: string | undefined;
  /** Where the data set begins. */
  readonly dataSetStart: number;
  /** Whether nothing stands there but what any archive writes anew: zeros, and attributes of table 7.1-1, each once, none private and none longer than a UID may be. */
  readonly isPlain: boolean;
  readonly notes: readonly ReadingNote[];
}

const preambleBytes = 128;
const magic = [0x44, 0x49, 0x43, 0x4d];
/** File meta information is a few hundred bytes; private information in it may take more. */
const longestMetaBytes = 2 ** 20;
const groupLengthTag = 0x00020000;
/** Elements of the file meta information that say nothing of the object but which it is, how it is encoded, and who wrote, sent and received it. */
const plainElements: ReadonlySet<number> = new Set([
  ...[0x0000, 0x0001, 0x0002, 0x0003, 0x0010, 0x0012, 0x0013, 0x0016, 0x0017, 0x0018, 0x0026, 0x0027, 0x0028],
]);
const longestPlainBytes = 64;

/** Reads what stands before the data set. Throws EMPTY_FILE, NOT_DICOM, TRUNCATED, SOURCE_CHANGED. */
export async function readFileMeta(source: ByteSource): Promise<FileMeta> {
  if (source.size === 0) throw new DicomError("EMPTY_FILE");
  const bytes = source.bytes ?? (await source.read(0, Math.min(source.size, longestMetaBytes)));
  const window: ByteWindow = { source, bytes, start: 0 };
  if (startsWith(bytes, preambleBytes)) return readMeta(window, preambleBytes + magic.length, []);
  if (startsWith(bytes, 0)) return readMeta(window, magic.length, ["NO_PREAMBLE"]);
  if (bytes.length >= 8 && groupOf(tagAt(window, 0, false)) === 0x0002) return readMeta(window, 0, ["NO_PREAMBLE"]);
  return {
    transferSyntaxUid: undefined,
    sopClassUid: undefined,
    sopInstanceUid: undefined,
    dataSetStart: 0,
    isPlain: true,
    notes: ["NO_META"],
  };
}

function startsWith(bytes: Uint8Array, offset: number): boolean {
  return magic.every((byte, index) => bytes[offset + index] === byte);
}

function readMeta(window: ByteWindow, start: number, notes: ReadingNote[]): FileMeta {
  const texts = new Map<Tag, string>();
  const end = Math.min(window.bytes.length, longestMetaBytes);
  let position = start;
  let stated: number | undefined;
  let isPlain = window.bytes.subarray(0, start === 0 ? 0 : start - magic.length).every((byte) => byte === 0);
  let before = 0;
  while (position + 8 <= end && groupOf(tagAt(window, position, false)) === 0x0002) {
    const header = metaHeader(window, position, end);
    if (header.length > end - header.valueStart) throw new DicomError("TRUNCATED", { offset: position });
    position = header.valueStart + header.length;
    isPlain &&= plainElements.has(header.tag & 0xffff) && header.length <= longestPlainBytes && header.tag > before;
    before = header.tag;
    if (header.tag === groupLengthTag && header.length === 4)
      stated = position + uint32At(window, header.valueStart, false);
    else if (header.length <= 256) texts.set(header.tag, trimmed(bytesAt(window, header.valueStart, header.length)));
  }
  if (stated !== position) notes.push(stated === undefined ? "META_GROUP_LENGTH_MISSING" : "META_GROUP_LENGTH_WRONG");
  return {
    transferSyntaxUid: texts.get(tags.transferSyntaxUid) || undefined,
    sopClassUid: texts.get(tags.mediaStorageSopClassUid) || undefined,
    sopInstanceUid: texts.get(tags.mediaStorageSopInstanceUid) || undefined,
    dataSetStart: position,
    isPlain,
    notes,
  };
}

// Some systems write the meta information without VRs.
function metaHeader(window: ByteWindow, position: number, end: number): ElementHeader {
  const explicit = readElementHeader(window, position, end, { explicitVr: true, bigEndian: false });
  return isKnownVr(explicit.vr)
    ? explicit
    : readElementHeader(window, position, end, { explicitVr: false, bigEndian: false });
}

function trimmed(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes).replace(/[ \0]+$/, "");
}
