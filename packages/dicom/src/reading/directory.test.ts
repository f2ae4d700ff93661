// DICOMDIR: what it lists, and nothing that leads out of its folder.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { pydicomData, sharedData } from "../../../../scripts/shared-data.ts";
import { directoryFile } from "../../../../vectors/fingerprints/directory-bytes.ts";
import {
  file,
  identity,
  join as joinBytes,
  explicitLittle as le,
  syntaxes,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { bytesSource } from "./byte-source.ts";
import { readDirectory } from "./directory.ts";
import { readObject } from "./object.ts";

describe("a directory", () => {
  it("names its files", async () => {
    expect(await readDirectory(bytesSource(directoryFile("IMAGES\\CT\\1", "IMAGES\\CT\\2 ")))).toEqual([
      { path: ["IMAGES", "CT", "1"], recordType: "IMAGE", sopInstanceUid: "2.25.7" },
      { path: ["IMAGES", "CT", "2"], recordType: "IMAGE", sopInstanceUid: "2.25.7" },
    ]);
  });

  it.each(["..\\..\\etc\\passwd", "A\\..\\B", "A/../B", "C:\\A", "", "A\\\\B", ".", "A\0B"])(
    "leads nowhere by %j",
    async (fileId) => {
      expect(await readDirectory(bytesSource(directoryFile(fileId)))).toEqual([]);
    },
  );

  it("is no object, and an object is no directory", async () => {
    await expect(readObject(bytesSource(directoryFile("A")))).rejects.toMatchObject({ code: "IS_DIRECTORY" });
    const object = file(syntaxes.explicitLittle, joinBytes(...identity(le)));
    await expect(readDirectory(bytesSource(object))).rejects.toMatchObject({ code: "NOT_A_DIRECTORY" });
  });
});

const shared = sharedData();
const pydicom = pydicomData();
const real = [
  ...(shared === undefined ? [] : [join(shared, "dicom", "valid", "DICOMDIR")]),
  ...(pydicom === undefined
    ? []
    : ["DICOMDIR", "DICOMDIR-implicit", "DICOMDIR-bigEnd"].map((name) => join(pydicom, "dicomdirtests", name))),
];

test.skipIf(real.length === 0).each(real)("%s lists 31 images", async (path) => {
  const entries = await readDirectory(bytesSource(readFileSync(path)));
  expect(entries).toHaveLength(31);
  expect(entries[0]).toMatchObject({ path: ["77654033", "CR1", "6154"], recordType: "IMAGE" });
});
