// The demonstration's objects, drawn when they are asked for, and copies of them as a PACS or somebody with an intention leaves them.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asFromPacs, type PhantomObject, type PhantomStudy, phantom, withPixelErased } from "@fiducial/dicom/phantom";
import { hospitalTime } from "./calendar.ts";
import type { Copy } from "./deed.ts";
import type { Visit } from "./visits.ts";

const seed = "northlake";
const uidRoot = "2.25";

/** Names the study of a visit in tables of this story. */
export function nameOf({ phantom, patient }: Visit): string {
  return `${patient}/${phantom}`;
}

/** The study of a visit, as phantoms are. Nothing is drawn before it is asked for. */
function studyOfVisit({ phantom: name, patient, atMs }: Visit): PhantomStudy {
  const options = { seed, uidRoot, patient };
  // The phantoms' schedule sets each patient and examination some minutes apart.
  const asked = phantom(name, { ...options, startedAt: hospitalTime(atMs) });
  const late = Date.parse(asked.startedAt) - Math.floor(atMs / 1000) * 1000;
  return phantom(name, { ...options, startedAt: hospitalTime(atMs - late) });
}

/** Who an invented patient is, by number. */
export function patientNumber(patient: number): {
  readonly issuer: string;
  readonly patientId: string;
  readonly name: string;
} {
  const { patientId } = phantom("cr-chest", { seed, uidRoot, patient, startedAt: hospitalTime(0) });
  return { issuer: "NORTHLAKE-DEMO", patientId, name: `Demo^Patient ${patientId.replace(/^\D+/, "")}` };
}

/** Draws a visit's objects from one to before another. */
export function* objectsOf(visit: Visit, from = 0, to = Number.POSITIVE_INFINITY): Generator<PhantomObject> {
  let at = 0;
  for (const object of studyOfVisit(visit).objects) {
    if (at >= Math.min(to, visit.objects ?? to)) return;
    if (at++ >= from) yield object;
  }
}

/** Returns a copy of one object of a visit: as it is, with a header as the PACS makes it, or with what was found in it erased. */
export function copyOf(visit: Visit, copy: Copy): PhantomObject {
  const study = studyOfVisit(visit);
  const [mark] = copy === "altered" ? study.marks : [];
  const wanted = [...objectsOf(visit, 0, mark === undefined ? 1 : undefined)].find(
    ({ fileName }) => mark === undefined || fileName === mark.fileName,
  );
  if (wanted === undefined) throw new RangeError("A phantom that has no such object.");
  if (mark !== undefined) return { ...wanted, bytes: withPixelErased(wanted.bytes, mark) };
  return copy === "from-pacs" ? { ...wanted, bytes: asFromPacs(wanted.bytes, coercionOf(study)) } : wanted;
}

// The archive of the demonstration leaves what tells whose the picture is, and adds from where it can be had.
function coercionOf({ accessionNumber }: PhantomStudy): Parameters<typeof asFromPacs>[1] {
  return { accessionNumber, institutionName: "Northlake Hospital (demo)", retrieveAeTitle: "ARCHIVE" };
}

/** How many objects a visit has in all. */
export function countOf(visit: Visit): number {
  return visit.objects ?? studyOfVisit(visit).objectCount;
}

/** Runs `work` with a folder in which files of these names lie, and takes it away afterwards. */
export async function inFolder<Result>(
  files: Iterable<{ readonly fileName: string; readonly bytes: Uint8Array }>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "fiducial-demo-"));
  try {
    for (const { fileName, bytes } of files) await writeFile(join(folder, fileName), bytes);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
