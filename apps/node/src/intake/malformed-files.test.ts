// Bad files among good ones: each is listed with a code of the tables and without a word of its own, nothing of it stays, and the rest is registered.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { dicomErrors } from "@fiducial/dicom";
import { describe, expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import { nodeErrors } from "../node-error.ts";
import { searchFor } from "../scratch/identifier-search.ts";
import { identifyingValues } from "../scratch/identifying-values.ts";
import { scratchNode } from "../scratch/scratch-node.ts";

const codes: ReadonlySet<string> = new Set([...Object.keys(dicomErrors), ...Object.keys(nodeErrors)]);
const marker = { PatientName: "Malformed^Marker", PatientID: "MARKED-0815", AccessionNumber: "ACC-MARKED-1" };

test("bad files of every kind are refused one by one, and the good ones between them registered", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const folder = join(scratch.folder, "mixed");
  const sound = readFileSync(scratch.file("sound.dcm", { attributes: marker }));
  const meta = sound.subarray(0, 144 + sound.readUInt32LE(140));
  const deflatedMeta = withSyntax(meta, "1.2.840.10008.1.2.1.99");
  const bad: Readonly<Record<string, readonly [Uint8Array | string, string]>> = {
    "b-empty.dcm": ["", "EMPTY_FILE"],
    "c-text.dcm": [`${marker.PatientName} ${marker.PatientID}`, "NOT_DICOM"],
    "d-cut.dcm": [sound.subarray(0, meta.length + 30), "TRUNCATED"],
    "e-cut-in-meta.dcm": [sound.subarray(0, 160), "TRUNCATED"],
    "f-long-value.dcm": [withName(sound, marker.PatientName, 0xfffe), "TRUNCATED"],
    "g-bomb.dcm": [Buffer.concat([deflatedMeta, deflateRawSync(Buffer.alloc(100 * 2 ** 20))]), "DEFLATE_BOMB"],
    "h-no-deflate.dcm": [Buffer.concat([deflatedMeta, Buffer.alloc(99, 0xff)]), "DEFLATE_MALFORMED"],
    "i-meta-only.dcm": [meta, "TRUNCATED"],
  };
  mkdirSync(join(folder, "k-folder.dcm"), { recursive: true });
  for (const [name, [bytes]] of Object.entries(bad)) writeFileSync(join(folder, name), bytes);
  for (const name of ["a-good.dcm", "g-good.dcm", "z-good.dcm"])
    writeFileSync(
      join(folder, name),
      readFileSync(scratch.file(name, { attributes: { ...marker, SOPInstanceUID: uidOf(name) } })),
    );
  symlinkSync("nowhere", join(folder, "j-link.dcm"));

  const taken = await node.ingest([folder, join(scratch.folder, "not-there.dcm")]);
  const found = Object.fromEntries(taken.refused.map(({ file, code }) => [basename(file), code]));
  const expected = Object.fromEntries(Object.entries(bad).map(([name, [, code]]) => [name, code]));
  expect(found).toEqual({ ...expected, "not-there.dcm": "PATH_UNREADABLE" });
  expect(taken).toMatchObject({ instances: 3, known: 0 });
  const tells = searchFor(Object.values(marker).flatMap((value) => [value, ...value.split("^")]));
  expect(taken.refused.flatMap(({ message }) => tells(Buffer.from(message)))).toEqual([]);
  // Nothing of what was refused stays.
  expect([...node.objects.digests()]).toHaveLength(3);
  expect(
    readdirSync(node.objects.folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".dcm")),
  ).toHaveLength(3);
  expect((await node.audit()).ok).toBe(true);
});

const data = sharedData();
describe.skipIf(data === undefined)("the malformed files of the shared data", () => {
  test("are registered or refused with a code, and refusals have none of their text", async () => {
    const malformed = join(data as string, "dicom", "malformed");
    const names = readdirSync(malformed);
    const scratch = scratchNode();
    const node = await scratch.open();
    const seen = new Set<number>();
    const { instances, known, refused } = await node.ingest([malformed], {
      progress: ({ done }) => seen.add(done),
    });
    expect(instances + known + refused.length).toBe(names.length);
    // Of long files more is told while they are read.
    expect([...seen].filter((done) => done > 0)).toHaveLength(names.length);
    expect(refused.length).toBeGreaterThan(10);
    expect(instances).toBeGreaterThan(10);
    expect(new Set(refused.map(({ file }) => basename(file))).size).toBe(refused.length);
    expect(refused.filter(({ code }) => !codes.has(code))).toEqual([]);
    // What cannot be read as DICOM has its text all the same.
    const texts = names.flatMap(
      (name) =>
        readFileSync(join(malformed, name))
          .subarray(0, 100_000)
          .toString("latin1")
          .match(/[ -~]{9,64}/g) ?? [],
    );
    const values = await identifyingValues(names.map((name) => join(malformed, name)));
    const said = Buffer.from(refused.map(({ message }) => message).join("\n"));
    expect(searchFor([...texts, ...values])(said)).toEqual([]);
    expect([...node.objects.digests()].length).toBeLessThanOrEqual(instances);
    expect((await node.audit()).ok).toBe(true);
  });
});

/** The file meta information with another transfer syntax of the same length once padded. PS3.10 § 7.1. */
function withSyntax(meta: Uint8Array, syntax: string): Buffer {
  const explicit = "1.2.840.10008.1.2.1\0";
  const at = Buffer.from(meta).indexOf(explicit, 0, "latin1");
  const value = Buffer.from(syntax, "latin1");
  const changed = Buffer.concat([meta.subarray(0, at), value, meta.subarray(at + explicit.length)]);
  changed.writeUInt16LE(value.length, at - 2);
  changed.writeUInt32LE(changed.length - 144, 140);
  return changed;
}

/** The length of an element with a short length field, changed. */
function withName(bytes: Uint8Array, value: string, length: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt16LE(length, changed.indexOf(value, 0, "latin1") - 2);
  return changed;
}

function uidOf(name: string): string {
  return `2.25.${BigInt(`0x${Buffer.from(name).toString("hex")}`)}`;
}
