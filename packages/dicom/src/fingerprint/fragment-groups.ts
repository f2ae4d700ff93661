// Which fragments make up which frame. docs/formats/fingerprints.md § Encapsulated frames; DICOM PS3.5 § A.4, PS3.3 § C.7.6.3.1.8.
import { tags } from "../dictionary/tag.ts";
import { type Fragment, findElement, type Region, storedBytes } from "../reading/element.ts";
import type { ReadingNote } from "../reading/notes.ts";
import type { DicomObject } from "../reading/object.ts";

/** The fragments of each frame. */
export interface FragmentGroups {
  readonly groups: readonly (readonly Region[])[];
  /** Whether these are exactly the frames announced. */
  readonly isComplete: boolean;
  readonly notes: readonly ReadingNote[];
}

/** MPEG-2, MPEG-4 AVC/H.264 and HEVC/H.265: one stream, in which frames depend on each other. */
const videoSyntax = /^1\.2\.840\.10008\.1\.2\.4\.10[0-8](?:\.1)?$/;

/** Groups the fragments of encapsulated pixel data into `announced` frames as well as can be. Throws SOURCE_CHANGED. */
export async function groupFragments(object: DicomObject, announced: number): Promise<FragmentGroups> {
  const [offsetTable, ...fragments] = object.pixelData?.fragments ?? [];
  const each = fragments.map((fragment) => [fragment]);
  const isVideo = videoSyntax.test(object.transferSyntaxUid);
  if (fragments.length > 0 && (isVideo || announced === 1))
    return { groups: [fragments], isComplete: !isVideo, notes: [] };
  if (fragments.length === announced) return { groups: each, isComplete: true, notes: [] };
  if (offsetTable === undefined || fragments.length < announced)
    return { groups: each, isComplete: false, notes: ["FRAMES_FEWER_THAN_ANNOUNCED"] };
  const offsets = await readOffsets(object, offsetTable, announced);
  const byOffset = groupsAt(fragments, offsets ?? []);
  if (byOffset.length === announced) return { groups: byOffset, isComplete: true, notes: [] };
  const notes: ReadingNote[] = offsets === undefined ? [] : ["OFFSET_TABLE_WRONG"];
  const byMarker = groupsFrom(codestreamStarts(fragments), fragments);
  if (byMarker.length === announced) return { groups: byMarker, isComplete: true, notes };
  return { groups: each, isComplete: false, notes: [...notes, "FRAMES_AMBIGUOUS"] };
}

// The extended table, when there is one, counts in 64 bits; the basic one in 32. Both count from the first fragment's item tag.
async function readOffsets(object: DicomObject, basic: Region, announced: number): Promise<number[] | undefined> {
  const extended = findElement(object.dataSet, tags.extendedOffsetTable);
  if (extended !== undefined && extended.items === undefined && extended.length > 0) {
    if (extended.length !== 8 * announced) return [];
    return offsetsIn(
      extended.inSource
        ? await object.content.read(extended.start, extended.length)
        : storedBytes(object.store, extended),
      8,
    );
  }
  if (basic.length === 0) return undefined;
  return basic.length === 4 * announced ? offsetsIn(await object.content.read(basic.start, basic.length), 4) : [];
}

function offsetsIn(bytes: Uint8Array, width: 4 | 8): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsetAt = (at: number): number =>
    width === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
  return Array.from({ length: bytes.length / width }, (_, index) => offsetAt(width * index));
}

// Each frame must begin with a fragment, the first with the first, in rising order: a table that says otherwise is wrong.
function groupsAt(fragments: readonly Fragment[], offsets: readonly number[]): Region[][] {
  const base = fragments[0]?.start ?? 0;
  const indexes = new Map(fragments.map(({ start }, index) => [start - base, index]));
  const starts = offsets.map((offset) => indexes.get(offset) ?? -1);
  const isRising = starts.every((start, index) => start > (starts[index - 1] ?? -1));
  return isRising ? groupsFrom(starts, fragments) : [];
}

function groupsFrom(starts: readonly number[], fragments: readonly Fragment[]): Region[][] {
  return starts[0] === 0 ? starts.map((start, index) => fragments.slice(start, starts[index + 1])) : [];
}

function codestreamStarts(fragments: readonly Fragment[]): number[] {
  return fragments.flatMap(({ head }, index) => (isCodestreamStart(head) ? [index] : []));
}

// How the codestreams of DICOM begin: JPEG and JPEG-LS, JPEG 2000 and HTJ2K, JPEG XL bare and boxed.
function isCodestreamStart(head: number): boolean {
  return head >>> 8 === 0xffd8ff || head === 0xff4fff51 || head >>> 16 === 0xff0a || head === 0x0000000c;
}
