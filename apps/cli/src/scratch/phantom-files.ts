// Files of invented patients for tests, and what becomes of them.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { phantom } from "@fiducial/dicom/phantom";

const options = { seed: "command line", startedAt: "2026-11-18T08:00:00+01:00", uidRoot: "2.25" };
const brain = phantom("mr-brain", options);
const report = phantom("sr-chest", options);

/** What no command may write: the patients' ids and the accession number. */
export const patientData: readonly string[] = [brain.patientId, report.patientId, brain.accessionNumber];

/** Three slices of one study (134 kB each), as bytes. */
export const slices: readonly Uint8Array[] = firstOf(brain.objects, 3);

/** Writes the three slices and a report (another study, 8 kB) into `folder`, and returns the slices' paths. */
export function writeStudies(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  for (const bytes of firstOf(report.objects, 1)) writeFileSync(join(folder, "report.dcm"), bytes);
  return slices.map((bytes, at) => {
    const path = join(folder, `slice-${at + 1}.dcm`);
    writeFileSync(path, bytes);
    return path;
  });
}

/** Writes `count` objects of one study into `folder`: the report under other SOP Instance UIDs. */
export function writeMany(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  const [object] = report.objects;
  const { bytes, sopInstanceUid: uid } = object as { bytes: Uint8Array; sopInstanceUid: string };
  for (let at = 0; at < count; at++) {
    const other = uid.slice(0, -4) + String(1000 + at);
    writeFileSync(join(folder, `${at}.dcm`), replaced(bytes, uid, other));
  }
}

/** Returns a copy with one bit of its last sample's low byte flipped. */
export function withFlippedPixelBit(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const at = copy.length - 2;
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
}

/** Returns a copy with the Retrieve AE Title (0008,0054) that archives add; nothing else stands between it and the modality (0008,0060). */
export function fromArchive(bytes: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes).indexOf(Buffer.from("08006000", "hex"));
  const added = Buffer.concat([Buffer.from("08005400", "hex"), Buffer.from("AE\u0008\u0000ARCHIVE ", "latin1")]);
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);
}

/** Returns a copy with another patient id: identity, not harmless. */
export function withOtherPatient(bytes: Uint8Array): Uint8Array {
  return replaced(bytes, brain.patientId, "9".repeat(brain.patientId.length));
}

function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const copy = Buffer.from(bytes);
  if (copy.indexOf(from) < 0 || from.length !== to.length) throw new Error(`the phantom has no ${from}`);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at, "latin1");
  return copy;
}

function firstOf(objects: Iterable<{ readonly bytes: Uint8Array }>, count: number): readonly Uint8Array[] {
  const first: Uint8Array[] = [];
  for (const { bytes } of objects) {
    first.push(bytes);
    if (first.length === count) break;
  }
  return first;
}
