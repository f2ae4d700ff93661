// A second implementation, in Python and from docs/formats/fingerprints.md alone, finds the same digests for every vector and every real file;
// and pydicom finds the same elements and frames in the files.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "../../packages/core/src/index.ts";
import { attributesRoot, saltedAttributes } from "../../packages/dicom/src/fingerprint/attribute-digests.ts";
import { fingerprint } from "../../packages/dicom/src/fingerprint/fingerprint.ts";
import { bytesSource } from "../../packages/dicom/src/reading/byte-source.ts";
import { pydicomData, sharedData } from "../../scripts/shared-data.ts";
import { damagedObject } from "../../vectors/fingerprints/damaged-objects.ts";
import type { FingerprintVector } from "../../vectors/fingerprints/make.ts";
import { readBytes } from "../../vectors/fingerprints/object-case.ts";

/** What recompute.py says of an object. */
interface Recomputed {
  readonly file: string;
  readonly dataset: string;
  readonly frames: string | null;
  readonly frameCount: number;
  readonly header: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly attributesRoot: string;
  readonly pydicomFrames?: boolean | null;
  readonly pydicomElements?: boolean | null;
}

const script = join(import.meta.dirname, "recompute.py");
// Debian's own interpreter is the one that python3-pydicom belongs to.
const python = ["/usr/bin/python3", "python3"].find((name) => spawnSync(name, ["--version"]).status === 0);
const hasPydicom = python !== undefined && spawnSync(python, ["-c", "import pydicom"]).status === 0;
const salt = "07".repeat(32);

function recomputed(tasks: readonly object[]): Recomputed[] {
  const input = tasks.map((task) => `${JSON.stringify(task)}\n`).join("");
  const { stdout, stderr, status } = spawnSync(python as string, ["-W", "ignore", script], {
    input,
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(String(stderr));
  return String(stdout)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe.skipIf(python === undefined)("vectors", () => {
  const vectors = ["headers", "sequences", "frames"].flatMap((name): FingerprintVector[] =>
    JSON.parse(readFileSync(join(import.meta.dirname, `../../vectors/fingerprints/${name}.json`), "utf8")),
  );
  const results = python === undefined ? [] : recomputed(vectors.map(({ input }) => input));

  test.each(vectors.map((vector, index) => [vector.title, vector, index] as const))("%s", (_, { output }, index) => {
    const { file, dataset, frames, frameCount, attributes, attributesRoot: root } = results[index] as Recomputed;
    const { file: ourFile, dataset: ourDataset, frames: ourFrames, frameCount: ourCount } = output;
    expect({ file, dataset, frames, frameCount, root }).toEqual({
      file: ourFile,
      dataset: ourDataset,
      frames: ourFrames,
      frameCount: ourCount,
      root: output.attributesRoot,
    });
    if (output.attributes !== undefined) expect(attributes).toEqual(output.attributes);
    expect(readBytes(output.header).length).toBeGreaterThan(0);
  });
});

type Digests = Pick<Recomputed, "file" | "dataset" | "frames" | "frameCount" | "attributesRoot">;

/** Our digests. */
async function digestsOf(bytes: Uint8Array): Promise<Digests> {
  const object = await fingerprint(bytesSource(bytes));
  const { file, dataset, frames, frameCount } = object.fingerprint;
  const salt = new Uint8Array(32).fill(7);
  const root = attributesRoot(saltedAttributes(object.canonicalHeader, salt), salt);
  return { file, dataset, frames, frameCount, attributesRoot: toHex(root) };
}

/** Real files that are objects, with our digests. */
async function objects(): Promise<{ path: string; ours: Digests }[]> {
  const shared = sharedData();
  const folders = [
    ...(shared === undefined ? [] : [join(shared, "dicom", "valid"), join(shared, "dicom", "malformed")]),
    ...[pydicomData()].flatMap((folder) => (folder === undefined ? [] : [folder, join(folder, "..", "charset_files")])),
  ];
  const paths = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const found: { path: string; ours: Digests }[] = [];
  for (const path of paths.filter((candidate) => statSync(candidate).isFile())) {
    // Those refused: packages/dicom/src/reading/malformed-files.test.ts says which, and why.
    const ours = await digestsOf(readFileSync(path)).catch(() => undefined);
    if (ours !== undefined) found.push({ path, ours });
  }
  return found;
}

const real = await objects();
const results =
  python === undefined || real.length === 0 ? [] : recomputed(real.map(({ path }) => ({ path, attributeSalt: salt })));

describe.skipIf(results.length === 0)("real files", () => {
  test("are many", () => {
    expect(real.length).toBeGreaterThan(40);
  });

  test.each(real.map(({ path, ours }, index) => [basename(path), ours, index] as const))("%s", (name, ours, index) => {
    const { file, dataset, frames, frameCount, attributesRoot: root, ...result } = results[index] as Recomputed;
    expect({ file, dataset, frames, frameCount, attributesRoot: root }).toEqual(ours);
    if (!hasPydicom) return;
    // What pydicom reads behind the pixel data is noise.
    expect(result.pydicomElements).toBe(name !== "m-trailing-garbage.dcm");
    expect(result.pydicomFrames ?? true).toBe(true);
  });
});

// What is odd about an object must be read alike too: a digest that depends on the reader is none.
describe.skipIf(python === undefined)("damaged objects", () => {
  test("have the same digests, where they have any", async () => {
    const seed = fc.readConfigureGlobal().seed ?? 20_261_122;
    const damaged = fc.sample(damagedObject, { numRuns: 6_000, seed });
    const taken: { task: object; ours: Digests }[] = [];
    for (const bytes of damaged) {
      const ours = await digestsOf(bytes).catch(() => undefined);
      if (ours !== undefined) taken.push({ task: { bytes: [bytes.toString("hex")], attributeSalt: salt }, ours });
    }
    const theirs = recomputed(taken.map(({ task }) => task));
    expect(taken.length).toBeGreaterThan(500);
    for (const [index, { task, ours }] of taken.entries()) {
      const { file, dataset, frames, frameCount, attributesRoot: root } = theirs[index] as Recomputed;
      expect({ file, dataset, frames, frameCount, attributesRoot: root }, JSON.stringify(task)).toEqual(ours);
    }
  });
});
