// Which files are taken: what a DICOMDIR lists and is not there is told, whether the directory is named or lies in a folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { directoryFile } from "../../../../vectors/fingerprints/directory-bytes.ts";
import { type FoundFile, filesAndMissing, type MissingFile } from "./object-files.ts";

/** A folder with these files, in which one names what to look for. */
function medium(files: Readonly<Record<string, Uint8Array | string>>) {
  const folder = mkdtempSync(join(tmpdir(), "medium-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return async (...names: string[]) => {
    const found: [string, string][] = [];
    for await (const file of filesAndMissing(names.map((name) => join(folder, name))))
      found.push([file.path.slice(folder.length + 1), codeOf(file)]);
    return found;
  };
}

function codeOf(found: FoundFile | MissingFile): string {
  return "missing" in found ? "missing" : "code" in found ? found.code : "taken";
}

const listing = directoryFile("IMAGES\\1", "IMAGES\\2", "OTHER\\3");

test("a folder's DICOMDIR tells what is not there, and the rest is taken once", async () => {
  const find = medium({ "cd/DICOMDIR": listing, "cd/IMAGES/1": "", "cd/IMAGES/more": "" });
  expect(await find("cd")).toEqual([
    ["cd/IMAGES/2", "missing"],
    ["cd/OTHER/3", "missing"],
    ["cd/IMAGES/1", "taken"],
    ["cd/IMAGES/more", "taken"],
  ]);
});

test("a named DICOMDIR gives what it lists and tells what is not there", async () => {
  const find = medium({ "cd/DICOMDIR": listing, "cd/IMAGES/1": "", "cd/IMAGES/more": "", "cd/OTHER/3/no-file": "" });
  expect(await find("cd/DICOMDIR")).toEqual([
    ["cd/IMAGES/1", "taken"],
    ["cd/IMAGES/2", "LISTED_FILE_MISSING"],
    ["cd/OTHER/3", "LISTED_FILE_MISSING"],
  ]);
});

test("a medium whose names are shown in small letters is complete", async () => {
  const find = medium({ "cd/dicomdir": listing, "cd/images/1": "", "cd/images/2": "", "cd/other/3": "" });
  const files = [
    ["cd/images/1", "taken"],
    ["cd/images/2", "taken"],
    ["cd/other/3", "taken"],
  ];
  expect(await find("cd")).toEqual(files);
  expect(await find("cd/dicomdir")).toEqual(files);
});

test("a file called DICOMDIR that is none is offered, so that the reader says what it is", async () => {
  const find = medium({ "cd/DICOMDIR": "no directory", "cd/image": "" });
  expect(await find("cd")).toEqual([
    ["cd/DICOMDIR", "taken"],
    ["cd/image", "taken"],
  ]);
  expect(await find("cd/DICOMDIR")).toEqual([["cd/DICOMDIR", "taken"]]);
});

test("a path that is not there cannot be read", async () => {
  const find = medium({});
  expect(await find("gone")).toEqual([["gone", "PATH_UNREADABLE"]]);
});
