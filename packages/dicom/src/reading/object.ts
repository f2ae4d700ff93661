// A DICOM object as read: what it is called, how it is encoded, its elements, and where its pixel data are. DICOM PS3.10 § 7, PS3.5 § 7.
import { DicomError } from "../dicom-error.ts";
import { tags } from "../dictionary/tag.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ReadDataSet, readDataSet } from "./data-set-reader.ts";
import { dataSetEncoding, inflatedEncoding } from "./encoding.ts";
import { type FileMeta, readFileMeta } from "./file-meta.ts";
import { asciiOf } from "./image-format.ts";
import { inflateDataSet } from "./inflation.ts";
import { defaultLimits, type ReadingLimits } from "./limits.ts";
import type { ReadingNote } from "./notes.ts";
import { isUid } from "./uid.ts";

/** A DICOM object. Values lie in `store`; bulk values and pixel data in `content`. */
export interface DicomObject extends ReadDataSet {
  readonly sopInstanceUid: string;
  /** Empty when it has none. */
  readonly studyInstanceUid: string;
  /** As the file meta information states, else as the data set shows. */
  readonly transferSyntaxUid: string;
  /** The exact bytes, as they came. */
  readonly source: ByteSource;
  /** The bytes that element offsets count in: `source`, or the inflated data set. */
  readonly content: ByteSource;
}

/** Anything with a data set, whether or not it is an object: a DICOMDIR is one too. */
export interface DicomFile extends ReadDataSet {
  readonly meta: FileMeta;
  readonly transferSyntaxUid: string;
  readonly source: ByteSource;
  readonly content: ByteSource;
}

/** The SOP class of a DICOMDIR. PS3.4 § B (Media Storage Directory). */
export const mediaStorageDirectory = "1.2.840.10008.1.3.10";

/**
 * Reads an object. Throws DicomError: NOT_DICOM, EMPTY_FILE, IS_DIRECTORY, NO_SOP_INSTANCE_UID, UID_MALFORMED, DEFLATE_BOMB, DEFLATE_MALFORMED,
 * and what readDataSet throws.
 */
export async function readObject(source: ByteSource, limits: Partial<ReadingLimits> = {}): Promise<DicomObject> {
  const { meta, ...file } = await readDicomFile(source, limits);
  if (meta.sopClassUid === mediaStorageDirectory) throw new DicomError("IS_DIRECTORY");
  const sopInstanceUid = asciiOf(file.dataSet, file.store, tags.sopInstanceUid);
  if (sopInstanceUid === "") throw new DicomError("NO_SOP_INSTANCE_UID");
  if (!isUid(sopInstanceUid)) throw new DicomError("UID_MALFORMED");
  const studyInstanceUid = asciiOf(file.dataSet, file.store, tags.studyInstanceUid);
  return {
    ...file,
    sopInstanceUid,
    studyInstanceUid,
    notes: new Set([...file.notes, ...identityNotes(file, meta, sopInstanceUid)]),
  };
}

/** Reads whatever has a data set, a DICOMDIR included. Throws what readObject throws, but nothing about identity. */
export async function readDicomFile(source: ByteSource, limits: Partial<ReadingLimits> = {}): Promise<DicomFile> {
  const meta = await readFileMeta(source);
  const { deflated, transferSyntaxUid, notes, ...encoding } = await dataSetEncoding(source, meta);
  const merged: ReadingLimits = { ...defaultLimits, ...limits };
  if (!deflated) {
    const read = await readDataSet(source, meta.dataSetStart, encoding, merged);
    return {
      ...read,
      meta,
      transferSyntaxUid,
      source,
      content: source,
      notes: new Set([...meta.notes, ...notes, ...read.notes]),
    };
  }
  const inflation = await inflateDataSet(source, meta.dataSetStart, merged);
  const head = await inflation.source.read(0, Math.min(12, inflation.source.size));
  const read = await readDataSet(inflation.source, 0, inflatedEncoding(head), merged);
  const allNotes = new Set([...meta.notes, ...notes, ...inflation.notes, ...read.notes]);
  return { ...read, meta, transferSyntaxUid, source, content: inflation.source, notes: allNotes };
}

function identityNotes({ dataSet, store }: ReadDataSet, meta: FileMeta, sopInstanceUid: string): ReadingNote[] {
  const sopClassUid = asciiOf(dataSet, store, tags.sopClassUid);
  const notes: ReadingNote[] = [];
  if (meta.sopInstanceUid !== undefined && meta.sopInstanceUid !== sopInstanceUid)
    notes.push("SOP_UID_DIFFERS_FROM_META");
  if (meta.sopClassUid !== undefined && meta.sopClassUid !== sopClassUid) notes.push("SOP_CLASS_DIFFERS_FROM_META");
  if (!isUid(sopClassUid)) notes.push("NO_SOP_CLASS_UID");
  if (!isUid(asciiOf(dataSet, store, tags.studyInstanceUid))) notes.push("NO_STUDY_UID");
  if (!isUid(asciiOf(dataSet, store, tags.seriesInstanceUid))) notes.push("NO_SERIES_UID");
  return notes;
}
