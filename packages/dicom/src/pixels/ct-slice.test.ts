// One CT slice in every lossless encoding, and files with other kinds of pixels, all from the shared data.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { createPixelDecoder } from "./pixel-decoder.ts";

const data = sharedData();
const decoder = createPixelDecoder();

test.skipIf(data === undefined)("one slice has one digest, whatever lossless encoding it travels in", async () => {
  const encodings = [
    "explicit-le",
    "implicit-le",
    "explicit-be",
    "deflated",
    "rle",
    "jpegls",
    "j2k-lossless",
    "jpeg-lossless-sv1",
    "jpeg-lossless-p14",
  ];
  const digests = await Promise.all(encodings.map((encoding) => pixelsOf(`valid/ct-${encoding}.dcm`)));
  expect(new Set(digests).size).toBe(1);
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
});

test.skipIf(data === undefined)("lossy copies of it have others", async () => {
  const names = [
    "valid/ct-explicit-le.dcm",
    "valid/ct-j2k.dcm",
    "valid/ct-jpegls-lossy.dcm",
    "valid/ct-jpeg-baseline.dcm",
    "valid/ct-jpeg-extended.dcm",
  ];
  const digests = await Promise.all(names.map(pixelsOf));
  expect(new Set(digests).size).toBe(names.length);
});

test.skipIf(data === undefined)("segments are the same deflated and plain", async () => {
  expect(await pixelsOf("valid/seg-deflated-frame.dcm")).toBe(await pixelsOf("valid/seg-liver.dcm"));
});

test
  .skipIf(data === undefined)
  .each([
    ["valid/ect-fragmented-no-bot.dcm"],
    ["valid/us-mf-jpegxl.dcm"],
    ["valid/us-multiframe.dcm"],
    ["valid/us-retired-class.dcm"],
    ["valid/us-ybr422-native.dcm"],
    ["valid/us-palette.dcm"],
    ["valid/sc-htj2k.dcm"],
    ["valid/parametric-map.dcm"],
    ["valid/seg-pet.dcm"],
    ["valid/rtdose.dcm"],
    ["malformed/odd-length-fragment.dcm"],
    ["malformed/rle-fragments.dcm"],
  ])("%s is decoded", async (name) => {
  expect(await pixelsOf(name)).toMatch(/^[0-9a-f]{64}$/);
});

test.skipIf(data === undefined)("a lossy frame under the name of a lossless syntax is not", async () => {
  expect(await pixelsOf("valid/op.dcm")).toBe("NO_CODEC");
});

async function pixelsOf(name: string): Promise<string | undefined> {
  const source = bytesSource(readFileSync(join(data as string, "dicom", name)));
  const { pixels, pixelsUnavailable } = (await fingerprint(source, { decoder })).fingerprint;
  return pixels ?? pixelsUnavailable;
}
