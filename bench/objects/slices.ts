// A folder of CT slices, 512 × 512 × 16 bits: one slice under fresh UIDs, again and again.
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { cloner, phantom } from "@fiducial/dicom/phantom";
import { phantomUid } from "../../packages/dicom/src/phantom/uid.ts";

/** Slices on disk, and in the page cache. */
export interface Slices {
  readonly folder: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

const uidRoot = "2.25";
const slicesOfOneSeries = 200;

/** Writes `count` slices into `folder`, as series of 200 in one study each, flushed. UIDs follow from the seed. */
export function makeSlices(folder: string, count: number, seed = "bench"): Slices {
  mkdirSync(folder, { recursive: true });
  const copy = cloner(drawnSlice());
  const files: string[] = [];
  let bytes = 0;
  for (let number = 0; number < count; number++) {
    const group = Math.floor(number / slicesOfOneSeries);
    const slice = copy({
      sopInstanceUid: phantomUid(uidRoot, seed, `instance ${number}`),
      seriesInstanceUid: phantomUid(uidRoot, seed, `series ${group}`),
      studyInstanceUid: phantomUid(uidRoot, seed, `study ${group}`),
    });
    const path = join(folder, `${String(number).padStart(6, "0")}.dcm`);
    const file = openSync(path, "w");
    writeSync(file, slice);
    fsyncSync(file);
    closeSync(file);
    files.push(path);
    bytes += slice.length;
  }
  return { folder, files, bytes };
}

function drawnSlice(): Uint8Array {
  const [first] = phantom("ct-chest", { seed: "bench", uidRoot, startedAt: "2026-11-18T08:41:00+01:00" }).objects;
  if (first === undefined) throw new Error("The phantom has no slices.");
  return first.bytes;
}
