import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { directoryFile } from "../../../vectors/fingerprints/directory-bytes.ts";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, slices } from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;

afterAll(() => b.remove());

test("what a DICOMDIR in a folder lists and is not there is told by ingest, and by a node, and refuses nothing", async () => {
  mkdirSync(path("torn"));
  writeFileSync(path("torn", "DICOMDIR"), directoryFile("SLICE", "IMAGES\\GONE"));
  writeFileSync(path("torn", "slice"), slices[0]!);
  const told = { studies: 1, versions: 0, refused: [], missing: [path("torn", "IMAGES", "GONE")] };
  const taken = await run("ingest", path("torn"), "--json");
  expect([taken.exit, taken.json().at(-1)]).toEqual([0, { ...told, instances: 1, known: 0 }]);
  const verified = await run("verify", path("torn"), "--json");
  const verdicts = [expect.objectContaining({ file: path("torn", "slice"), verdict: "identical" })];
  expect([verified.exit, verified.json()]).toEqual([0, verdicts]);

  const { child, ended } = b.start("start", "--port", "0");
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  expect((await run("ingest", path("torn"), "--json")).json().at(-1)).toEqual({ ...told, instances: 0, known: 1 });
  expect((await run("verify", path("torn"), "--json")).json()).toEqual(verdicts);
  child.kill("SIGTERM");
  await ended;
});

test("what a DICOMDIR that was named lists and is not there is refused by ingest and verify", async () => {
  const gone = { file: path("torn", "IMAGES", "GONE"), code: "LISTED_FILE_MISSING", message: expect.any(String) };
  const taken = await run("ingest", path("torn", "DICOMDIR"), "--json");
  const told = { studies: 1, versions: 0, refused: [gone], missing: [], instances: 0, known: 1 };
  expect([taken.exit, taken.json().at(-1)]).toEqual([1, told]);
  const verified = await run("verify", path("torn", "DICOMDIR"), "--json");
  expect(verified.exit).toBe(1);
  expect(verified.json()).toContainEqual({ ...gone, harmless: false });
});
