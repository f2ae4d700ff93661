// DCMTK rewrites real objects in every way it knows. None of that may look altered, and what only rewrites the encoding must be identical; with one
// bit of one sample changed, all of it is altered.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Comparison, compare } from "../../packages/dicom/src/comparison/comparison.ts";
import { type FingerprintedObject, fingerprint } from "../../packages/dicom/src/fingerprint/fingerprint.ts";
import { createPixelDecoder } from "../../packages/dicom/src/pixels/pixel-decoder.ts";
import { lossiness } from "../../packages/dicom/src/pixels/transfer-syntaxes.ts";
import { bytesSource } from "../../packages/dicom/src/reading/byte-source.ts";
import { readObject } from "../../packages/dicom/src/reading/object.ts";
import { pydicomData, sharedData } from "../../scripts/shared-data.ts";

const decoder = createPixelDecoder();
const folder = mkdtempSync(join(tmpdir(), "fiducial-dcmtk-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Program = readonly [program: string, ...options: string[]];

/** Programs that leave every element and frame as it is. */
const rewriters: readonly Program[] = [
  ["dcmconv", "+te"],
  ["dcmconv", "+ti"],
  ["dcmconv", "+tb"],
  ["dcmconv", "+td"],
  ["dcmconv", "+e"],
  ["dcmconv", "-e"],
  ["dcmconv", "+g"],
  ["dcmconv", "-g"],
  ["dcmconv", "+p", "512", "128"],
  ["dcmconv", "-F"],
  ["dcmconv", "-F", "+ti"],
  ["dcmconv", "-F", "+tb"],
];

/** Programs that encode frames otherwise, without loss. */
const encoders: readonly Program[] = [
  ["dcmdrle"],
  ["dcmcrle"],
  ["dcmdjpls"],
  ["dcmcjpls"],
  ["dcmdjpeg"],
  ["dcmcjpeg", "+e1"],
  ["dcmcjpeg", "+el"],
];

/** Programs that are given an object of which bits were flipped. */
const alterers: readonly Program[] = [["dcmconv", "+ti"], ["dcmconv", "+td"], ["dcmcrle"], ["dcmcjpls"]];

const missing = [...rewriters, ...encoders].some(([program]) => spawnSync(program, ["--version"]).status !== 0);
const shared = sharedData();
const pydicom = pydicomData();
// One slice of each series; beside the shared data, those of pydicom's files whose kinds the shared data lack.
const anotherSlice = /^(?:series-mr-(?:0[2-9]|1\d)|ct3-0[23])\.dcm$/;
const ofOtherKinds = /expb|big|rle|liver|32bit|dfl/i;
const files = [
  ...filesIn(shared && join(shared, "dicom", "valid")).filter((path) => !anotherSlice.test(basename(path))),
  ...filesIn(shared && join(shared, "dicom", "malformed")),
  ...filesIn(pydicom).filter((path) => shared === undefined || ofOtherKinds.test(basename(path))),
];
const objects = (await Promise.all(files.map(async (path) => ({ path, object: await read(path) })))).flatMap(
  // DCMTK keeps one of two elements with the same tag, and so changes the object.
  ({ path, object }) =>
    object === undefined || object.fingerprint.notes.includes("DUPLICATE_ELEMENT")
      ? []
      : [[basename(path), path, object] as const],
);

function filesIn(path: string | undefined): string[] {
  if (path === undefined) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(path, entry.name)] : []));
}

async function read(path: string): Promise<FingerprintedObject | undefined> {
  return fingerprint(bytesSource(readFileSync(path)), { decoder }).catch(() => undefined);
}

/** The verdict on what a program makes of an object; undefined when it does not take it. */
async function verdictOn(
  path: string,
  registered: FingerprintedObject,
  [program, ...options]: Program,
): Promise<Comparison | undefined> {
  const copy = join(folder, "copy.dcm");
  rmSync(copy, { force: true });
  const { status } = spawnSync(program, [...options, path, copy]);
  if (status !== 0 || !existsSync(copy)) return undefined;
  // A bare deflated data set says nowhere that it is one.
  const isBareDeflated =
    options.includes("-F") &&
    options.length === 1 &&
    registered.fingerprint.transferSyntaxUid === "1.2.840.10008.1.2.1.99";
  if (isBareDeflated) return undefined;
  const candidate = await fingerprint(bytesSource(readFileSync(copy)), { decoder });
  return compare([{ fingerprint: registered.fingerprint, attributes: registered }], candidate);
}

const taken = { rewritten: 0, encoded: 0, altered: 0 };

/** Writes a copy of an object with native pixel data, the lowest bits of one group of samples flipped; undefined when it has none. */
async function withFlippedBits(path: string): Promise<string | undefined> {
  const bytes = Uint8Array.from(readFileSync(path));
  const { pixelData, transferSyntaxUid } = await readObject(bytesSource(bytes));
  const isDeflated = transferSyntaxUid === "1.2.840.10008.1.2.1.99";
  if (pixelData === undefined || pixelData.fragments !== undefined || isDeflated) return undefined;
  const { start, length } = pixelData;
  if (length < 8) return undefined;
  // Eight bytes are whole samples of any size, and so the lowest bit of each is among them in either byte order; the first ones are of a frame.
  for (let at = start; at < start + 8; at++) bytes[at] = (bytes[at] as number) ^ 1;
  const flipped = join(folder, "flipped.dcm");
  writeFileSync(flipped, bytes);
  return flipped;
}

describe.skipIf(missing || objects.length === 0)("what DCMTK makes of", () => {
  test.each(objects)("%s", async (_, path, registered) => {
    for (const program of rewriters) {
      const comparison = await verdictOn(path, registered, program);
      if (comparison === undefined) continue;
      taken.rewritten += 1;
      expect(comparison, program.join(" ")).toMatchObject({ verdict: "identical", harmless: true });
    }
    for (const program of encoders) {
      const comparison = await verdictOn(path, registered, program);
      if (comparison === undefined) continue;
      taken.encoded += 1;
      expectSamePicture(comparison, registered, program.join(" "));
    }
    await expectAltered(path, registered);
  });

  test("was tried often", () => {
    expect(taken.rewritten).toBeGreaterThan(500);
    expect(taken.encoded).toBeGreaterThan(100);
    expect(taken.altered).toBeGreaterThan(50);
  });
});

// Samples that we do not make prove nothing.
async function expectAltered(path: string, registered: FingerprintedObject): Promise<void> {
  const flipped = await withFlippedBits(path);
  if (flipped === undefined) return;
  const verdict = registered.fingerprint.pixels === null ? "undecided" : "altered";
  for (const program of alterers) {
    const comparison = await verdictOn(flipped, registered, program);
    if (comparison === undefined) continue;
    taken.altered += verdict === "altered" ? 1 : 0;
    expect(comparison, program.join(" ")).toMatchObject({ verdict, harmless: false });
  }
}

// Never altered. Undecided only where a lossy frame was decoded by others, or none of it can be decoded here.
function expectSamePicture(
  { verdict, reason, changes }: Comparison,
  { fingerprint: { pixels, transferSyntaxUid } }: FingerprintedObject,
  program: string,
): void {
  if (verdict === "undecided" && reason === "LOSSY_DECODERS_DIFFER")
    expect(lossiness(transferSyntaxUid), program).not.toBe("lossless");
  else if (verdict === "undecided") expect(pixels, program).toBeNull();
  else expect(["identical", "same-pixels", "header-changed"], program).toContain(verdict);
  // Of the header, only what compression leaves behind, and pictures within it, which are encoded anew as well.
  const unexpected = changes?.filter(
    (change) => change.class !== "coercible" && change.keyword !== undefined && !known.has(change.keyword),
  );
  expect(unexpected ?? [], program).toEqual([]);
}

const known = new Set(["IconImageSequence", "PhotometricInterpretation", "DerivationDescription"]);
