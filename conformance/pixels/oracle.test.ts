// Every shared file with pixels, decoded here and by pydicom, pylibjpeg, pyjpegls and imagecodecs: equal, or for lossy frames within rounding.

import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lossiness } from "../../packages/dicom/src/pixels/transfer-syntaxes.ts";
import { sharedData } from "../../scripts/shared-data.ts";
import { pythonWith } from "../python.ts";
import { decodedFile } from "./decoded-file.ts";

interface OracleFile {
  readonly file: string;
  readonly transferSyntaxUid: string;
  readonly frames: readonly string[];
}

const data = sharedData();
const python = data === undefined ? { missing: "no shared data beside the repository" } : await pythonWith("pixels");
const folder = mkdtempSync(join(tmpdir(), "fiducial-pixels-"));
afterAll(() => rmSync(folder, { recursive: true }));
const decoded = "path" in python ? decodedByOthers(python.path) : [];

// A lossy frame under the name of a lossless syntax: decoded by others, and by rule not here.
const misnamed = new Set(["op.dcm"]);

test.skipIf("missing" in python)(
  `other decoders are at hand${"missing" in python ? ` (${python.missing})` : ""}`,
  () => {
    expect(decoded.length).toBeGreaterThan(60);
    const exact = decoded.filter(({ transferSyntaxUid }) => lossiness(transferSyntaxUid) === "lossless");
    expect(new Set(exact.map(({ transferSyntaxUid }) => transferSyntaxUid)).size).toBeGreaterThan(9);
  },
);

test.each(decoded.map((file) => [basename(file.file), file] as const))(
  "%s",
  async (name, { file, frames, transferSyntaxUid }) => {
    const ours = await decodedFile(file);
    expect(ours?.transferSyntaxUid).toBe(transferSyntaxUid);
    expect(ours?.why).toBe(misnamed.has(name) ? "NO_CODEC" : undefined);
    if (ours === undefined || misnamed.has(name)) return;
    expect(ours.frames.length).toBe(frames.length);
    for (const [index, frame] of ours.frames.entries()) {
      const theirs = readFileSync(join(folder, frames[index] as string));
      expect(frame.length).toBe(theirs.length);
      const tolerance = lossiness(transferSyntaxUid) === "lossless" ? 0 : roundingOf(transferSyntaxUid);
      expect(largestDifference(frame, theirs, ours.sampleBytes)).toBeLessThanOrEqual(tolerance);
    }
  },
);

/** Two decoders of JPEG, JPEG-LS or JPEG 2000 turned out to agree on lossy frames too; those of HTJ2K and JPEG XL round as their arithmetic comes. */
function roundingOf(transferSyntaxUid: string): number {
  return [".4.203", ".4.111", ".4.112"].some((end) => transferSyntaxUid.endsWith(end)) ? 1 : 0;
}

function largestDifference(ours: Uint8Array, theirs: Buffer, sampleBytes: number): number {
  if (theirs.equals(ours)) return 0;
  if (sampleBytes > 2) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let at = 0; at < ours.length; at += sampleBytes) {
    const read = (bytes: Uint8Array) =>
      sampleBytes === 1
        ? (bytes[at] as number)
        : (((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) << 16) >> 16;
    largest = Math.max(largest, Math.abs(read(ours) - read(theirs)));
  }
  return largest;
}

function decodedByOthers(interpreter: string): OracleFile[] {
  const files = globSync(join(data as string, "dicom", "valid", "*.dcm"));
  const lines = execFileSync(interpreter, [join(import.meta.dirname, "oracle.py"), folder, ...files], {
    encoding: "utf8",
    maxBuffer: 2 ** 24,
  });
  const found: (OracleFile | { error: string })[] = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return found.flatMap((file) => ("error" in file ? [] : [file]));
}
