// An object larger than 2^32 bytes, with fragments and a bulk value of gigabytes, in a sparse file. It takes minutes where disks are slow.
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
  tagBytes,
  uint32,
  undefinedLength,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { innerNode, measured, sha256Of, writeSparse } from "../../../../vectors/fingerprints/sparse-objects.ts";

const folder = mkdtempSync(join(tmpdir(), "fiducial-huge-"));
afterAll(() => rmSync(folder, { recursive: true }));

const limitMebibytes = 320;

test("three frames of 1.5 GB each in fragments, and a bulk value of 1 GB", async () => {
  const path = join(folder, "encapsulated.dcm");
  const [size, bulk] = [1.5 * 10 ** 9, 10 ** 9];
  const item = (length: number): Uint8Array => joinBytes(tagBytes(le, "fffee000"), uint32(le, length));
  const document = element(le, "00420011", "OB", new Uint8Array(0), bulk);
  const head = joinBytes(...identity(le), imageModule(le, { frames: "3" }), document);
  const pixels = joinBytes(element(le, "7fe00010", "OB", new Uint8Array(0), undefinedLength), item(0), item(size));
  const end = joinBytes(tagBytes(le, "fffee0dd"), uint32(le, 0));
  const parts = [file(syntaxes.jpegBaseline, head), bulk, pixels, size, item(size), size, item(size), size, end];
  writeSparse(path, parts);
  const { digests, mebibytes } = await measured(path);
  expect(digests).toMatchObject({ file: sha256Of(parts).toString("hex"), frameCount: 3, notes: [] });
  const leaf = sha256Of([Uint8Array.of(0), size]);
  expect(digests.frames).toBe(innerNode(innerNode(leaf, leaf), leaf).toString("hex"));
  expect(mebibytes).toBeLessThan(limitMebibytes);
});
