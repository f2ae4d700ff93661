// Folders made to mislead an intake: links that lead out or loop, listed files elsewhere, files of holes.
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test, vi } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";
import { objectFiles } from "./object-files.ts";

const directoryOf = vi.hoisted(() => ({ listed: [] as string[][] }));
vi.mock("@fiducial/dicom", async (original) => ({
  ...(await original<typeof import("@fiducial/dicom")>()),
  readDirectory: async () =>
    directoryOf.listed.map((path) => ({ path, recordType: "IMAGE", sopInstanceUid: "2.25.7" })),
}));

async function found(...paths: string[]): Promise<string[]> {
  const names: string[] = [];
  for await (const one of objectFiles(paths)) names.push(`${basename(one.path)}${"code" in one ? ` ${one.code}` : ""}`);
  return names;
}

test("links inside a folder are not followed, so that none leads out of it or loops", async () => {
  const { folder } = scratchNode();
  const inside = join(folder, "in");
  mkdirSync(join(inside, "deeper"), { recursive: true });
  writeFileSync(join(folder, "secret.dcm"), smallObject());
  writeFileSync(join(inside, "own.dcm"), smallObject());
  symlinkSync(join(folder, "secret.dcm"), join(inside, "out.dcm"));
  symlinkSync(folder, join(inside, "out"));
  symlinkSync(inside, join(inside, "deeper", "loop"));
  symlinkSync("self.dcm", join(inside, "self.dcm"));
  expect(await found(inside)).toEqual(["own.dcm"]);
});

test("a medium lists no file outside of it, whatever its links say", async () => {
  const { folder } = scratchNode();
  const medium = join(folder, "medium");
  mkdirSync(join(medium, "IMAGES"), { recursive: true });
  mkdirSync(join(folder, "medium-2"));
  for (const path of ["secret", "medium-2/other", "medium/IMAGES/own", "medium/DICOMDIR"])
    writeFileSync(join(folder, path), smallObject());
  symlinkSync("../secret", join(medium, "LINK"));
  symlinkSync("../medium-2", join(medium, "FOLDER"));
  symlinkSync("IMAGES/own", join(medium, "WITHIN"));
  symlinkSync("LOOP", join(medium, "LOOP"));
  directoryOf.listed = [["IMAGES", "own"], ["LINK"], ["FOLDER", "other"], ["WITHIN"], ["LOOP"], ["IMAGES"]];
  expect(await found(join(medium, "DICOMDIR"))).toEqual([
    "own",
    "LINK LISTED_FILE_MISSING",
    "other LISTED_FILE_MISSING",
    "WITHIN",
    "LOOP LISTED_FILE_MISSING",
    "IMAGES LISTED_FILE_MISSING",
  ]);
});

test("files of holes, larger than any disk, are refused without a copy, and the rest goes on", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const folder = join(scratch.folder, "holes");
  mkdirSync(folder);
  writeFileSync(join(folder, "a-good.dcm"), smallObject({ seed: "a" }));
  // One that is nothing, and one that begins as an object does.
  writeFileSync(join(folder, "b-holes.dcm"), "");
  writeFileSync(join(folder, "c-object.dcm"), smallObject({ seed: "c" }));
  for (const name of ["b-holes.dcm", "c-object.dcm"]) truncateSync(join(folder, name), 2 ** 43);
  writeFileSync(join(folder, "d-good.dcm"), smallObject({ seed: "d" }));
  const { instances, refused } = await node.ingest([folder]);
  expect(instances).toBe(2);
  expect(refused.map(({ file }) => basename(file)).sort()).toEqual(["b-holes.dcm", "c-object.dcm"]);
  for (const { code } of refused) expect(["NOT_DICOM", "OBJECT_NO_ROOM", "TRUNCATED"]).toContain(code);
});

test("a name more for a file is the same object, and keeping it changes neither name", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const path = scratch.file("one.dcm");
  linkSync(path, join(scratch.folder, "two.dcm"));
  const result = await node.ingest([path, join(scratch.folder, "two.dcm")]);
  expect(result).toMatchObject({ instances: 1, known: 1, refused: [] });
  writeFileSync(path, "overwritten");
  expect(await node.audit()).toMatchObject({ ok: true });
});
