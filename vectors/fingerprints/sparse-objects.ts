// Objects of gigabytes in sparse files, the digests that they should have, and what a process needs to find them.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { promisify } from "node:util";

/** Parts of a file: bytes, or how many zeros. */
export type Part = Uint8Array | number;

/** What a process of its own found, and the memory that it took at most. */
export interface Measured {
  readonly digests: {
    readonly file: string;
    readonly frames: string;
    readonly pixels: string | null;
    readonly frameCount: number;
    readonly notes: readonly string[];
  };
  readonly mebibytes: number;
}

const run = promisify(execFile);
const source = "../../packages/dicom/src";
const program = `
  import { fingerprint } from ${JSON.stringify(new URL(`${source}/fingerprint/fingerprint.ts`, import.meta.url).href)};
  import { openFile } from ${JSON.stringify(new URL(`${source}/reading/file-source.ts`, import.meta.url).href)};
  await using file = await openFile(process.argv[1]);
  const { fingerprint: digests } = await fingerprint(file);
  console.log(JSON.stringify({ digests, mebibytes: process.resourceUsage().maxRSS / 1024 }));
`;

/** Fingerprints a file in a process of its own. */
export async function measured(path: string): Promise<Measured> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program, path]);
  return JSON.parse(stdout);
}

/** Writes parts end to end; zeros take no room on most file systems. */
export function writeSparse(path: string, parts: readonly Part[]): void {
  const handle = openSync(path, "w");
  let size = 0;
  for (const part of parts) {
    if (typeof part !== "number") writeSync(handle, part, 0, part.length, size);
    size += typeof part === "number" ? part : part.length;
  }
  ftruncateSync(handle, size);
  closeSync(handle);
}

/** Hashes parts end to end. */
export function sha256Of(parts: readonly Part[]): Buffer {
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

/** Hashes an inner node of a Merkle tree. RFC 9162 § 2.1.1. */
export function innerNode(left: Buffer, right: Buffer): Buffer {
  return sha256Of([Uint8Array.of(1), left, right]);
}
