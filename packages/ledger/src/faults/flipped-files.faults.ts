// Any bit turned over in a ledger's files: noticed when it is opened or audited, or it has changed nothing of what the ledger says.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { contracts } from "@fiducial/contract";
import { signatureVerifiers } from "@fiducial/core";
import { afterAll, expect, test } from "vitest";
import { audit } from "../audit/audit.ts";
import { memoryHighWater, noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { cosigner, smallLedger } from "../conformance/small-ledger.ts";
import { LedgerError } from "../ledger-error.ts";
import { logReader } from "../log/log-reader.ts";
import { checkHighWater, type HighWater } from "../log/publication.ts";
import { openStore } from "../store/store.ts";
import { verificationPool } from "../verification/pool.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { bitPlaces, everyBit, flipped } from "./flipped-bits.ts";
import { copyLedger } from "./ledger-copy.ts";
import { seededRandom } from "./seeded-random.ts";

const long = process.env["FIDUCIAL_LONG"] === "1";
const flips = long ? 20_000 : 400;
const limitMs = long ? 3_600_000 : 300_000;
const verification = verificationPool(1);
const verifiers = signatureVerifiers(sodiumBackend);
const logKeys = [noteSigner(testOrigin, "ed25519").key];
afterAll(() => verification.close());

test(`${flips} bits of the file of a closed ledger: each is noticed`, { timeout: limitMs }, async () => {
  const { path, highWater, flip } = await ledgerToFlip("closed", "");
  for (let count = 0; count < flips; count++) {
    const place = flip();
    expect([place, await noticed(path, highWater)]).toEqual([place, expect.any(String)]);
  }
});

test(`${flips} bits of the file, with its seal gone: what is not noticed changes nothing`, {
  timeout: limitMs,
}, async () => {
  const { path, highWater, flip, said } = await ledgerToFlip("closed", "");
  let unnoticed = 0;
  for (let count = 0; count < flips; count++) {
    const place = flip();
    rmSync(`${path}.seal`);
    if ((await noticed(path, highWater)) !== undefined) continue;
    expect([place, contentOf(path)]).toEqual([place, said]);
    unnoticed++;
  }
  // Room for nothing is much of the file, and not all.
  expect(unnoticed).toBeLessThan(flips * 0.8);
});

test(`${flips} bits of the write-ahead log: what is not noticed loses nothing that a checkpoint was signed for`, {
  timeout: limitMs,
}, async () => {
  const { path, highWater, flip, said } = await ledgerToFlip("open", "-wal");
  let unnoticed = 0;
  for (let count = 0; count < flips; count++) {
    const place = flip();
    if ((await noticed(path, highWater)) !== undefined) continue;
    const { entry, state, tile } = contentOf(path);
    expect([place, { entry, state, tile }]).toEqual([
      place,
      { entry: said["entry"], state: said["state"], tile: said["tile"] },
    ]);
    unnoticed++;
  }
  expect(unnoticed).toBeLessThan(flips * 0.8);
});

test("every bit of the seal: each is noticed", async () => {
  const { path } = await ledgerToFlip("closed", "");
  const seal = readFileSync(`${path}.seal`);
  for (const place of everyBit(seal)) {
    rmSync(`${path}.differs`, { force: true });
    writeFileSync(`${path}.seal`, flipped(seal, place));
    const store = openStore(path);
    expect([place, store.fileDiffers()]).toEqual([place, true]);
    store.close();
  }
});

/** Rows by table. */
type Content = Readonly<Record<string, readonly unknown[]>>;

interface LedgerToFlip {
  readonly path: string;
  readonly highWater: HighWater;
  readonly said: Content;
  /** Puts the files back as they were, but for one bit of one of them. */
  flip(): { readonly at: number; readonly bit: number };
}

async function ledgerToFlip(left: "closed" | "open", suffix: "" | "-wal"): Promise<LedgerToFlip> {
  const folder = scratchFolder();
  const highWater = memoryHighWater();
  const [made, kept, path] = ["made.db", "kept.db", "flipped.db"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const ledger = await smallLedger(made, { verification, highWater });
  if (left === "open") copyLedger(made, kept);
  await ledger.close();
  if (left === "closed") copyLedger(made, kept);
  const bytes = readFileSync(kept + suffix);
  const next = bitPlaces(bytes, seededRandom(`flips ${left} ${suffix}`));
  const flip = () => {
    const place = next();
    copyLedger(kept, path);
    rmSync(`${path}-journal`, { force: true });
    writeFileSync(path + suffix, flipped(bytes, place));
    return place;
  };
  copyLedger(kept, path);
  return { path, highWater, said: contentOf(made), flip };
}

/** The code with which the ledger does not open, or with which the audit finds something; undefined when all seems well. */
async function noticed(path: string, highWater: HighWater): Promise<string | undefined> {
  try {
    const store = openStore(path);
    try {
      checkHighWater(store, logReader(store), highWater);
      const cosignerKeys = [cosigner.key];
      const result = await audit({ store, contracts, verification, verifiers, logKeys, cosignerKeys });
      return result.ok ? undefined : result.firstBad.code;
    } finally {
      store.close();
    }
  } catch (thrown) {
    if (thrown instanceof LedgerError) return thrown.code;
    throw thrown;
  }
}

// The tables of the file as it was made: in which letters the schema writes the name of a table or a column may be turned over and changes nothing.
const tables = ["head", "entry", "tile", "state", "refusal"].concat(
  ["id", "state"].flatMap((index) => ["run", "chunk"].map((part) => `${index}_${part}`)),
);
// A batch's number says nothing but which batch comes before which.
const batches = ["id_batch", "state_batch"];

// Read with SQL alone. Of a note, what the log says and signs: a cosignature whose name was changed is nobody's, and passed over.
function contentOf(path: string): Content {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const all = (query: string) => database.prepare(query).all() as Readonly<Record<string, string>>[];
    const rows = tables.map((name) => [name, all(`SELECT * FROM ${name} ORDER BY 1, 2`).map(inSmallLetters)] as const);
    const pairs = batches.map((name) => [name, all(`SELECT pairs FROM ${name} ORDER BY id`)] as const);
    const notes = all("SELECT size, note FROM checkpoint ORDER BY size");
    const checkpoint = notes.map(({ size, note }) => ({ size, lines: note?.split("\n").slice(0, 5) }));
    return { ...Object.fromEntries([...rows, ...pairs]), checkpoint };
  } finally {
    database.close();
  }
}

function inSmallLetters(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column.toLowerCase(), value]));
}
