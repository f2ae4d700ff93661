// DCMTK encodes real pictures in every lossless way it knows, and decodes the encoded ones: the samples' digest stays.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fingerprint } from "../../packages/dicom/src/fingerprint/fingerprint.ts";
import { createPixelDecoder } from "../../packages/dicom/src/pixels/pixel-decoder.ts";
import { bytesSource } from "../../packages/dicom/src/reading/byte-source.ts";
import { sharedData } from "../../scripts/shared-data.ts";

const data = sharedData();
const folder = mkdtempSync(join(tmpdir(), "fiducial-dcmtk-"));
afterAll(() => rmSync(folder, { recursive: true }));
const decoder = createPixelDecoder();

/** Signed and unsigned, 8 to 16 bits, colour by plane and by pixel, a palette, one frame and many. */
const pictures = [
  "ct-explicit-le",
  "ct-small",
  "mr-small-be",
  "mr-overlay",
  "emr",
  "ect",
  "legacy-enhanced-ct",
  "pet-1",
  "dx",
  "us-retired-class",
  "us-palette",
  "sm-tiled",
];

const encoders: readonly (readonly [syntax: string, program: string, ...options: string[]])[] = [
  ["1.2.840.10008.1.2.5", "dcmcrle"],
  ["1.2.840.10008.1.2.4.70", "dcmcjpeg", "+e1"],
  ...[1, 2, 3, 4, 5, 6, 7].map((value) => ["1.2.840.10008.1.2.4.57", "dcmcjpeg", "+el", "+sv", `${value}`] as const),
  ["1.2.840.10008.1.2.4.80", "dcmcjpls"],
  ["1.2.840.10008.1.2.4.80", "dcmcjpls", "+iv"],
  ["1.2.840.10008.1.2.2", "dcmconv", "+tb"],
  ["1.2.840.10008.1.2", "dcmconv", "+ti"],
  ["1.2.840.10008.1.2.1.99", "dcmconv", "+td"],
];

const missing = data === undefined || encoders.some(([, program]) => spawnSync(program, ["--version"]).status !== 0);

const decoders: readonly (readonly [name: string, program: string])[] = [
  ["ct-rle", "dcmdrle"],
  ["ct-jpeg-lossless-sv1", "dcmdjpeg"],
  ["ct-jpeg-lossless-p14", "dcmdjpeg"],
  ["cr-modality-lut", "dcmdjpeg"],
  ["mg-for-presentation", "dcmdjpeg"],
  ["ct-jpegls", "dcmdjpls"],
  ["ct-jpegls-lossy", "dcmdjpls"],
  // Lossy, and decoded alike all the same.
  ["ct-jpeg-baseline", "dcmdjpeg"],
  ["ct-jpeg-extended", "dcmdjpeg"],
  ["ect-fragmented-no-bot", "dcmdjpeg"],
  ["sc-pattern-ybr422", "dcmdjpeg"],
  ["us-multiframe", "dcmdjpeg"],
  ["xa-multiframe", "dcmdjpeg"],
];

describe.skipIf(missing).each(encoders)("encoded as %s by %s %s %s %s", (syntax, program, ...options) => {
  test.each(pictures)("%s keeps its digest", async (name) => {
    const copy = join(folder, `${name}.${program}.${options.join("")}`);
    execFileSync(program, [...options.filter((option) => option !== undefined), fileOf(name), copy], { stdio: "pipe" });
    const [before, after] = [await pixelsOf(fileOf(name)), await pixelsOf(copy)];
    expect(after.transferSyntaxUid).toBe(syntax);
    expect(after.pixels).toBe(before.pixels);
    expect(before.pixels).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe.skipIf(missing).each(decoders)("%s, decoded by %s", (name, program) => {
  test("keeps its digest", async () => {
    const copy = join(folder, `${name}.${program}`);
    execFileSync(program, [fileOf(name), copy], { stdio: "pipe" });
    const [before, after] = [await pixelsOf(fileOf(name)), await pixelsOf(copy)];
    expect(after.transferSyntaxUid).toBe("1.2.840.10008.1.2.1");
    expect(after.pixels).toBe(before.pixels);
    expect(before.pixels).toMatch(/^[0-9a-f]{64}$/);
  });
});

function fileOf(name: string): string {
  return join(data as string, "dicom", "valid", `${name}.dcm`);
}

async function pixelsOf(path: string) {
  return (await fingerprint(bytesSource(readFileSync(path)), { decoder })).fingerprint;
}
