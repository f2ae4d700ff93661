// An object larger than 2^31 bytes, in a sparse file: read in little memory, with the digests that it should have.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  element,
  file,
  identity,
  imageModule,
  join as joinBytes,
  explicitLittle as le,
  syntaxes,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { measured, sha256Of, writeSparse } from "../../../../vectors/fingerprints/sparse-objects.ts";

const folder = mkdtempSync(join(tmpdir(), "fiducial-large-"));
afterAll(() => rmSync(folder, { recursive: true }));

const limitMebibytes = 320;

test("one native frame of 2.5 GB", async () => {
  const path = join(folder, "native.dcm");
  const [rows, columns] = [40_000, 32_000];
  const size = rows * columns * 2;
  const pixels = element(le, "7fe00010", "OW", new Uint8Array(0), size);
  const head = joinBytes(...identity(le), imageModule(le, { rows, columns }), pixels);
  const parts = [file(syntaxes.explicitLittle, head), size];
  writeSparse(path, parts);
  const { digests, mebibytes } = await measured(path);
  expect(digests).toMatchObject({ file: sha256Of(parts).toString("hex"), frameCount: 1, notes: [] });
  expect(digests.frames).toBe(sha256Of([Uint8Array.of(0), size]).toString("hex"));
  expect(digests.pixels).toBe(digests.frames);
  expect(mebibytes).toBeLessThan(limitMebibytes);
});
