// Copied file by file while it grows, cut off, with a hole, with garbage behind: a ledger opens as it once was, or it is known not to.
import { closeSync, openSync, readFileSync, readSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { LedgerError } from "../ledger-error.ts";
import { openStore } from "../store/store.ts";
import { verificationPool } from "../verification/pool.ts";
import { checkIndependently, type Found } from "./independent-check.ts";
import { copyLedger } from "./ledger-copy.ts";
import { type LoadedLedger, startLoadedLedger } from "./loaded-ledger.ts";
import { auditStore, checkWithOurs } from "./own-check.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";

const long = process.env["FIDUCIAL_LONG"] === "1";
const copies = long ? 2000 : 100;
const limitMs = long ? 7_200_000 : 600_000;
/** So that an audit takes a moment. */
const mostEntries = 500;
const publicKey = noteSigner(testOrigin, "ed25519").key.publicKey;
const verification = verificationPool(1);
afterAll(() => verification.close());

test(`of ${copies} torn copies, each is whole up to some point, or known not to be`, { timeout: limitMs }, async () => {
  const random = seededRandom("torn copies");
  const tally = { complete: 0, shorter: 0, refused: 0, found: 0 };
  for (let number = 0; number < copies; ) {
    const running = await startGrowing();
    const opened: Found[] = [];
    for (; number < copies && running.said.accepted.size < mostEntries; number++) {
      const way = ways[number % ways.length] as Way;
      const copy = join(running.folder, "copy", "ledger.db");
      const torn = await tornCopy(way, running, copy, random);
      const looked = await lookedAt(copy, torn).catch((thrown: unknown) => {
        throw new Error(`copy ${number}, ${JSON.stringify(way)}`, { cause: thrown });
      });
      if (typeof looked === "string") tally[looked]++;
      else {
        opened.push(looked);
        tally[torn.accepted === undefined ? "shorter" : "complete"]++;
      }
    }
    const last = await ended(running);
    for (const { size, rootOf } of opened) expect(last.rootOf(size)).toEqual(rootOf(size));
  }
  expect(tally.complete).toBeGreaterThan(copies / 10);
  expect(tally.shorter).toBeGreaterThan(copies / 10);
});

interface Growing extends LoadedLedger {
  readonly folder: string;
  readonly ledger: string;
}

// The log is moved into the file every few batches.
async function startGrowing(): Promise<Growing> {
  const folder = scratchFolder();
  const files = { ledger: join(folder, "ledger.db"), mark: join(folder, "high-water") };
  const options = ["--statements", "3000", "--submitters", "2", "--settle", "400000"];
  const running = await startLoadedLedger({ ...files, round: 0, options });
  // A process that stands still would outlive a test that fails.
  onTestFinished(running.kill);
  await running.go();
  await running.acknowledged(1);
  return { ...running, folder, ledger: files.ledger };
}

// A log that only grows: every copy that opened is a beginning of what is there in the end.
async function ended({ resume, stop, ended: end, said, ledger }: Growing): Promise<Found> {
  resume();
  stop();
  await end;
  expect(said).toMatchObject({ closed: true, complaint: "" });
  return checkIndependently(ledger, { ...said, publicKey });
}

/** How a copy is made, and what befalls the copy of the write-ahead log. */
interface Way {
  /** At one moment, file by file while the ledger grows, or so with the files in the wrong order. */
  readonly copied: "at once" | "growing" | "log first";
  readonly torn?: "cut off" | "with a hole" | "with garbage behind";
}

const ways: readonly Way[] = [
  { copied: "growing" },
  { copied: "growing", torn: "with garbage behind" },
  { copied: "growing", torn: "cut off" },
  { copied: "log first" },
  { copied: "at once", torn: "with garbage behind" },
  { copied: "at once", torn: "cut off" },
  { copied: "at once", torn: "with a hole" },
];

interface TornCopy {
  /** What had been acknowledged before the copy began, when nothing of it was lost: then the copy opens, and has all of this. */
  readonly accepted: ReadonlyMap<string, number> | undefined;
  /** Whether file and log were copied at different moments and the end of the log is not in the copy: then only an audit may notice. */
  readonly isMixed: boolean;
}

/** Lets the ledger grow for a moment and copies it. */
async function tornCopy({ copied, torn }: Way, from: Growing, to: string, random: SeededRandom): Promise<TornCopy> {
  copyLedger(join(from.folder, "nothing"), to);
  from.resume();
  await wait(random.below(10));
  if (copied === "at once") await from.pause();
  const accepted = new Map(from.said.accepted);
  const before = logHeader(from.ledger);
  const files = copied === "log first" ? ["-wal", ""] : ["", "-wal"];
  for (const suffix of files) await copyParts(from.ledger + suffix, to + suffix, random);
  const isSameLog = logHeader(from.ledger) === before;
  await from.pause();
  const { size } = statSync(`${to}-wal`);
  if (torn === "cut off") truncateSync(`${to}-wal`, random.below(size + 1));
  if (torn === "with a hole") overwrite(`${to}-wal`, random.below(size + 1), new Uint8Array(512));
  if (torn === "with garbage behind") overwrite(`${to}-wal`, size, garbage(random));
  const isWhole = isSameLog && copied !== "log first" && (torn === undefined || torn === "with garbage behind");
  return { accepted: isWhole ? accepted : undefined, isMixed: copied !== "at once" && !isWhole };
}

function garbage(random: SeededRandom): Uint8Array {
  return Uint8Array.from({ length: random.below(40_000) }, () => random.below(256));
}

function overwrite(path: string, offset: number, bytes: Uint8Array): void {
  const file = openSync(path, "r+");
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}

// Another one whenever a write-ahead log begins anew.
function logHeader(path: string): string {
  return readFileSync(`${path}-wal`).toString("hex", 0, 32);
}

// In parts, with pauses, so that the file grows and changes meanwhile.
async function copyParts(from: string, to: string, random: SeededRandom): Promise<void> {
  const [source, target] = [openSync(from, "r"), openSync(to, "w")];
  const part = Buffer.alloc(4096 * (1 + random.below(64)));
  const pause = random.below(4);
  for (let read = readSync(source, part); read > 0; read = readSync(source, part)) {
    writeSync(target, part.subarray(0, read));
    if (random.oneIn(4)) await wait(pause);
  }
  closeSync(source);
  closeSync(target);
}

/** Opens a copy and checks it: what was found in it, or how it was known not to be whole. */
async function lookedAt(path: string, { accepted, isMixed }: TornCopy): Promise<Found | "refused" | "found"> {
  try {
    openStore(path).close();
  } catch (thrown) {
    if (accepted !== undefined || !(thrown instanceof LedgerError)) throw thrown;
    return "refused";
  }
  if (isMixed && !(await isAudited(path))) return "found";
  const found = checkIndependently(path, { accepted: accepted ?? new Map(), signed: 0, publicKey });
  const proved = accepted?.values() ?? [];
  await checkWithOurs(path, { mark: `${path}.mark`, found, proved, verification });
  return found;
}

async function isAudited(path: string): Promise<boolean> {
  const store = openStore(path);
  try {
    return (await auditStore(store, verification)).ok;
  } finally {
    store.close();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
