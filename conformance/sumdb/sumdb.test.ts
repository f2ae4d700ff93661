// What the code of the Go checksum database makes of our notes, proofs and tiles. golang.org/x/mod/sumdb/{note,tlog}, filippo.io/mldsa.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  formatSignedCheckpoint,
  formatVerifierKey,
  proveConsistency,
  proveInclusion,
  readTreeEdge,
  tileReader,
  toBase64,
  treeRoot,
} from "@fiducial/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goProgram } from "./go-program.ts";
import { makeLog, signerOf, signLog, writeLog } from "./tiled-log.ts";

interface Findings {
  readonly failures: readonly string[];
  readonly notes: readonly { readonly signers: readonly string[]; readonly refused: string }[];
}

const program = await goProgram(import.meta.dirname);
const check = (input: unknown) => program?.(input) as Promise<Findings>;
const folder = mkdtempSync(join(tmpdir(), "fiducial-sumdb-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const log = makeLog("log.example/conformance", 70_000);
const logSigner = signerOf(log.origin, "ed25519", 1);
const witnesses = [2, 3].map((seed) => signerOf(`witness.example/${seed}`, "ed25519-cosignature", seed));
const signed = signLog(log, [logSigner], witnesses);
const size = log.edge.size;
const read = tileReader(size, ({ level, index }) => log.tiles.get(`${level}/${index}`));
const claims = {
  note: formatSignedCheckpoint(signed),
  verifierKeys: [logSigner, ...witnesses].map(({ key }) => formatVerifierKey(key)),
  signers: [logSigner, ...witnesses].map(({ key }) => key.name),
  inclusion: [0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_998, 69_999].map((index) => {
    const { hashes } = proveInclusion(index, size, read);
    return { index, entry: toBase64(log.entries[index] as Uint8Array), hashes: hashes.map(toBase64) };
  }),
  consistency: [1, 2, 255, 256, 257, 4095, 65_536, 65_537, 69_999, 70_000].map((oldSize) => {
    const oldRootHash = treeRoot(readTreeEdge(oldSize, read));
    return { oldSize, oldRootHash: toBase64(oldRootHash), hashes: proveConsistency(oldSize, size, read).map(toBase64) };
  }),
};

// Go and its modules are not on every machine.
describe.skipIf(program === undefined)("the Go checksum database's code", () => {
  const tiles = join(folder, "log");
  beforeAll(() => writeLog(tiles, log, signed));

  test("accepts our checkpoint, cosignatures and proofs, and makes the same proofs from our tiles", async () => {
    expect((await check({ log: { ...claims, tiles } })).failures).toEqual([]);
  });

  test("finds out a changed proof, entry and note", async () => {
    const inclusion = claims.inclusion.map((claim) =>
      claim.index === 256 ? { ...claim, entry: toBase64(Uint8Array.of(1)) } : claim,
    );
    const consistency = claims.consistency.map((claim) =>
      claim.oldSize === 257 ? { ...claim, hashes: claim.hashes.toReversed() } : claim,
    );
    expect(failedClaims(await check({ log: { ...claims, tiles, inclusion, consistency } }))).toEqual([
      "inclusion 256",
      "consistency 257",
    ]);
    const note = claims.note.replace("\n70000\n", "\n70001\n");
    expect(failedClaims(await check({ log: { ...claims, tiles, note } }))).toEqual(["note"]);
  });

  test("finds out a changed bit in a tile, for every proof that needs the tile", async () => {
    const changed = join(folder, "changed");
    cpSync(tiles, changed, { recursive: true });
    flipBit(join(changed, "tile/0/000"), 40);
    const needed = ["inclusion 0", "inclusion 1", "inclusion 255", "consistency 1", "consistency 2", "consistency 255"];
    expect(failedClaims(await check({ log: { ...claims, tiles: changed } }))).toEqual(needed);
  });

  test("reads the notes of our vectors as we do, but for what we read more strictly", async () => {
    const vectors = vectorFile("notes.json");
    const { notes } = await check({ notes: vectors.map(({ input }) => input) });
    const stricter = [
      "the same key signs well, then badly",
      "a cosignature on what is no checkpoint",
      "base64 with a stray bit",
    ];
    vectors.forEach(({ title, output }, index) => {
      const { signers, refused } = notes[index] as Findings["notes"][number];
      const expected = stricter.includes(title) || output.error === null ? "read" : "refused";
      expect([title, refused === "" ? "read" : "refused"]).toEqual([title, expected]);
      if (output.error === null) expect(signers).toEqual(output.signers.map(({ name }) => name));
    });
  });
});

function failedClaims({ failures }: Findings): string[] {
  return failures.map((failure) => failure.slice(0, failure.indexOf(":")));
}

function flipBit(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
}

interface NoteVectorFile {
  readonly title: string;
  readonly input: object;
  readonly output: { readonly error: string | null; readonly signers: readonly { readonly name: string }[] };
}

function vectorFile(name: string): NoteVectorFile[] {
  return JSON.parse(
    readFileSync(new URL(`../../vectors/checkpoint/${name}`, import.meta.url), "utf8"),
  ) as NoteVectorFile[];
}
