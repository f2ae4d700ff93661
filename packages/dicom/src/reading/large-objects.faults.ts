// Objects larger than 2^31 and 2^32 bytes, in sparse files: read in little memory, with the digests that they should have.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
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

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "fiducial-large-"));
afterAll(() => rmSync(folder, { recursive: true }));

const limitMebibytes = 320;
const read = new URL("../fingerprint/fingerprint.ts", import.meta.url).href;
const source = new URL("./file-source.ts", import.meta.url).href;
// In a process of its own, so that what it took at most can be told.
const program = `
  import { fingerprint } from ${JSON.stringify(read)};
  import { openFile } from ${JSON.stringify(source)};
  await using file = await openFile(process.argv[1]);
  const { fingerprint: digests } = await fingerprint(file);
  console.log(JSON.stringify({ digests, mebibytes: process.resourceUsage().maxRSS / 1024 }));
`;

interface Measured {
  readonly digests: {
    readonly file: string;
    readonly frames: string;
    readonly pixels: string | null;
    readonly frameCount: number;
    readonly notes: readonly string[];
  };
  readonly mebibytes: number;
}

async function measure(path: string): Promise<Measured> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program, path]);
  return JSON.parse(stdout);
}

/** Parts of a file: bytes, or how many zeros. */
type Part = Uint8Array | number;

function writeSparse(path: string, parts: readonly Part[]): void {
  const handle = openSync(path, "w");
  let size = 0;
  for (const part of parts) {
    if (typeof part !== "number") writeSync(handle, part, 0, part.length, size);
    size += typeof part === "number" ? part : part.length;
  }
  ftruncateSync(handle, size);
  closeSync(handle);
}

function sha256(parts: readonly Part[]): Buffer {
  const zeros = new Uint8Array(2 ** 24);
  const hash = createHash("sha256");
  for (const part of parts) {
    if (typeof part !== "number") hash.update(part);
    else
      for (let left = part; left > 0; left -= zeros.length)
        hash.update(zeros.subarray(0, Math.min(left, zeros.length)));
  }
  return hash.digest();
}

function root(leaves: readonly Buffer[]): string {
  const [first, second, third] = leaves as [Buffer, Buffer?, Buffer?];
  const node = (left: Buffer, right: Buffer): Buffer => sha256([Uint8Array.of(1), left, right]);
  if (second === undefined) return first.toString("hex");
  return (third === undefined ? node(first, second) : node(node(first, second), third)).toString("hex");
}

test("one native frame of 2.5 GB", async () => {
  const path = join(folder, "native.dcm");
  const [rows, columns] = [40_000, 32_000];
  const size = rows * columns * 2;
  const pixels = element(le, "7fe00010", "OW", new Uint8Array(0), size);
  const parts = [
    file(syntaxes.explicitLittle, joinBytes(...identity(le), imageModule(le, { rows, columns }), pixels)),
    size,
  ];
  writeSparse(path, parts);
  const { digests, mebibytes } = await measure(path);
  expect(digests).toMatchObject({ file: sha256(parts).toString("hex"), frameCount: 1, notes: [] });
  expect(digests.frames).toBe(root([sha256([Uint8Array.of(0), size])]));
  expect(digests.pixels).toBe(digests.frames);
  expect(mebibytes).toBeLessThan(limitMebibytes);
});

test("three frames of 1.5 GB each in fragments, and a bulk value of 1 GB", async () => {
  const path = join(folder, "encapsulated.dcm");
  const [size, bulk] = [1.5 * 10 ** 9, 10 ** 9];
  const item = (length: number): Uint8Array => joinBytes(tagBytes(le, "fffee000"), uint32(le, length));
  const head = joinBytes(
    ...identity(le),
    imageModule(le, { frames: "3" }),
    element(le, "00420011", "OB", new Uint8Array(0), bulk),
  );
  const pixels = joinBytes(element(le, "7fe00010", "OB", new Uint8Array(0), undefinedLength), item(0), item(size));
  const end = joinBytes(tagBytes(le, "fffee0dd"), uint32(le, 0));
  const parts = [file(syntaxes.jpegBaseline, head), bulk, pixels, size, item(size), size, item(size), size, end];
  writeSparse(path, parts);
  const { digests, mebibytes } = await measure(path);
  expect(digests).toMatchObject({ file: sha256(parts).toString("hex"), frameCount: 3, notes: [] });
  const leaf = sha256([Uint8Array.of(0), size]);
  expect(digests.frames).toBe(root([leaf, leaf, leaf]));
  expect(mebibytes).toBeLessThan(limitMebibytes);
});
