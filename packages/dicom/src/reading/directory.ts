// DICOMDIR: the files that a medium lists. DICOM PS3.10 § 8.6, PS3.3 § F.
import { DicomError } from "../dicom-error.ts";
import { tags } from "../dictionary/tag.ts";
import type { ByteSource } from "./byte-source.ts";
import { findElement } from "./element.ts";
import { asciiOf } from "./image-format.ts";
import type { ReadingLimits } from "./limits.ts";
import { mediaStorageDirectory, readDicomFile } from "./object.ts";

/** One file that a directory lists. */
export interface DirectoryEntry {
  /** The folders and the name of the file, below the folder that the directory is in. Safe to join: no part leads out of it. */
  readonly path: readonly string[];
  /** Directory Record Type (0004,1430), such as IMAGE. */
  readonly recordType: string;
  /** Referenced SOP Instance UID in File (0004,1511); empty when missing. */
  readonly sopInstanceUid: string;
}

/** Reads a DICOMDIR and returns the files it lists, in its order. Throws NOT_A_DIRECTORY, and what readObject throws. */
export async function readDirectory(
  source: ByteSource,
  limits: Partial<ReadingLimits> = {},
): Promise<DirectoryEntry[]> {
  const { meta, dataSet, store } = await readDicomFile(source, limits);
  if (meta.sopClassUid !== mediaStorageDirectory) throw new DicomError("NOT_A_DIRECTORY");
  const records = findElement(dataSet, tags.directoryRecordSequence)?.items ?? [];
  return records.flatMap((record) => {
    const path = asciiOf(record, store, tags.referencedFileId)
      .split("\\")
      .map((part) => part.trim());
    if (!path.every(isName)) return [];
    const recordType = asciiOf(record, store, tags.directoryRecordType);
    return [{ path, recordType, sopInstanceUid: asciiOf(record, store, tags.referencedSopInstanceUidInFile) }];
  });
}

// PS3.10 § 8.2 allows eight capitals, digits and underscores; real media have more, but nothing that means another folder.
function isName(part: string): boolean {
  return /^[\w .+@-]{1,64}$/.test(part) && !/^\.+$/.test(part);
}
