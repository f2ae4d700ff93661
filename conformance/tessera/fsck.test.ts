// What Tessera's fsck makes of a log in our tiles: it rebuilds the tree from the entry bundles and compares every tile and the root.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatVerifierKey, type NoteSigner } from "@fiducial/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goTool } from "../../scripts/tools.ts";
import { makeLog, signerOf, signLog, writeLog } from "../sumdb/tiled-log.ts";

const fsck = goTool("fsck");
const folder = mkdtempSync(join(tmpdir(), "fiducial-fsck-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const origin = "log.example/conformance";
const signer = signerOf(origin, "ed25519", 1);
const sizes = { large: 70_000, exact: 65_536, single: 1 };

// `npm test` builds fsck where there is Go.
describe.skipIf(fsck === undefined)("Tessera's fsck", () => {
  beforeAll(() => {
    for (const [name, size] of Object.entries(sizes)) {
      const log = makeLog(origin, size);
      writeLog(join(folder, name), log, signLog(log, [signer]));
    }
  });

  test.each(Object.keys(sizes))("finds nothing wrong with the %s log", async (name) => {
    expect(await isSound(join(folder, name), signer)).toBe(true);
  });

  test.each([
    ["tile/0/007", 100],
    ["tile/0/273.p/112", 3583],
    ["tile/1/001.p/17", 0],
    ["tile/2/000.p/1", 31],
    ["tile/entries/128", 200],
    ["tile/entries/273.p/112", 5],
    ["checkpoint", 40],
  ])("finds out a changed bit in %s", async (file, at) => {
    const path = join(folder, "changed");
    cpSync(join(folder, "large"), path, { recursive: true });
    const bytes = readFileSync(join(path, file));
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(join(path, file), bytes);
    expect(await isSound(path, signer)).toBe(false);
    rmSync(path, { recursive: true });
  });

  test("finds out another log's key", async () => {
    expect(await isSound(join(folder, "single"), signerOf(origin, "ed25519", 2))).toBe(false);
  });
});

// Without a screen fsck ends with 0 whatever it finds, so only its last words count. Each fault ends one of its workers, and it hangs
// when none is left: hence eight.
function isSound(path: string, { key }: NoteSigner): Promise<boolean> {
  const keyFile = join(folder, "key");
  writeFileSync(keyFile, formatVerifierKey(key));
  const args = [
    `--storage_url=${pathToFileURL(path)}`,
    `--public_key=${keyFile}`,
    `--origin=${origin}`,
    "--ui=false",
    "--logtostderr",
    "--N=8",
  ];
  return new Promise((resolve, reject) => {
    execFile(fsck as string, args, { timeout: 60_000 }, (error, _, said) => {
      if (error?.killed) reject(error);
      const sound = said.includes("Successfully fsck'd log");
      if (!sound && !said.includes("fsck failed")) reject(new Error(`fsck says neither: ${said}`));
      resolve(sound);
    });
  });
}
