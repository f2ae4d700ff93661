// Writes a DICOMDIR for tests: records that name files, and nothing else. DICOM PS3.3 § F.3.
import { element, even, explicitLittle, file, join, padded, sequence, syntaxes } from "./object-bytes.ts";

const secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
const mediaStorageDirectory = "1.2.840.10008.1.3.10";

/** Writes a directory that lists files by their File ID, the parts of which stand between backslashes. */
export function directoryFile(...fileIds: readonly string[]): Uint8Array {
  const records = fileIds.map((fileId) =>
    join(
      element(explicitLittle, "00041430", "CS", "IMAGE "),
      element(explicitLittle, "00041500", "CS", even(fileId)),
      element(explicitLittle, "00041511", "UI", padded("2.25.7")),
    ),
  );
  const bytes = file(syntaxes.explicitLittle, sequence(explicitLittle, "00041220", records, true));
  // The SOP class in the file meta information says what a DICOMDIR is.
  const written = Buffer.from(bytes);
  const at = written.indexOf(secondaryCapture);
  return Buffer.concat([
    written.subarray(0, at - 2),
    Buffer.from([mediaStorageDirectory.length]),
    Buffer.from([0]),
    Buffer.from(padded(mediaStorageDirectory)),
    written.subarray(at + secondaryCapture.length + 1),
  ]);
}
