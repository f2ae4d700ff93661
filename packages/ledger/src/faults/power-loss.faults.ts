// Power lost at any moment, with what was not flushed gone, half there or whole: everything acknowledged is there afterwards.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { verificationPool } from "../verification/pool.ts";
import { type Acknowledged, checkAftermath } from "./aftermath.ts";
import { type Beginning, begin, beginnings, copyBeginning, placeIn } from "./beginnings.ts";
import { hear, nothingSaid, startLoadedLedger } from "./loaded-ledger.ts";
import { afterPowerLoss, type DiskEvent, type Files, losses, readRecord } from "./recorded-disk.ts";
import { seededRandom } from "./seeded-random.ts";
import { ensureTracing, recording } from "./traced-calls.ts";

const long = process.env["FIDUCIAL_LONG"] === "1";
const rounds = long ? 2000 : 32;
const limitMs = long ? 3_600_000 : 600_000;
// Small batches, and the write-ahead log moved into the file every few of them.
const options = ["--statements", "40", "--submissions", "12", "--submitters", "2", "--settle", "200000"];
const verification = verificationPool(1);
beforeAll(ensureTracing);
afterAll(() => verification.close());

test.each(beginnings)(
  `power lost ${rounds} times, a %s ledger holds what it acknowledged, and goes on`,
  async (name) => {
    expect(await firstLoss(await recorded(name), name)).toBeUndefined();
  },
  limitMs,
);

// What shows that the test above would notice.
test.each(["ledger.db-wal", "ledger.db", "high-water.new"])(
  "were %s not flushed, it would not",
  async (name) => {
    const run = await recorded("killed");
    const events = run.events.filter(({ did, path }) => did !== "flush" || basename(path) !== name);
    expect(events.length).toBeLessThan(run.events.length);
    expect(await firstLoss({ ...run, events }, name)).toBeDefined();
  },
  limitMs,
);

/** What a process did to a ledger's folder. */
interface RecordedRun {
  readonly beginning: Beginning;
  readonly folder: string;
  readonly before: Files;
  readonly events: readonly DiskEvent[];
}

async function recorded(name: Beginning["name"]): Promise<RecordedRun> {
  const shared = scratchFolder();
  const folder = join(shared, "ledger");
  const trace = join(shared, "trace");
  const compileCache = join(shared, "compile-cache");
  const beginning = await begin(name, join(shared, name), compileCache);
  const place = copyBeginning(beginning, folder);
  const before = new Map(readdirSync(folder).map((file) => [join(folder, file), readFileSync(join(folder, file))]));
  const running = await startLoadedLedger({
    ...place,
    compileCache,
    round: 1,
    options: [...options, "--record", join(folder, "said")],
    under: recording(folder, trace),
  });
  await running.go();
  await running.ended;
  expect(running.said).toMatchObject({ closed: true, complaint: "" });
  return { beginning, folder, before, events: readRecord(trace) };
}

/** Loses power at random moments; returns the first loss after which something does not hold. */
async function firstLoss({ beginning, folder, before, events }: RecordedRun, name: string): Promise<Error | undefined> {
  const random = seededRandom(`power loss ${name}`);
  for (let round = 0; round < rounds; round++) {
    const loss = losses[round % losses.length] as (typeof losses)[number];
    const happened = events.slice(0, random.below(events.length + 1));
    restore(folder, afterPowerLoss(before, happened, loss, random));
    try {
      await checkAftermath(placeIn(folder), acknowledged(beginning, happened), verification);
    } catch (thrown) {
      return new Error(`${loss} left of what was not flushed after ${happened.length} events`, { cause: thrown });
    }
  }
  return undefined;
}

/** What was acknowledged until then: by the process before, and by this one. */
function acknowledged(beginning: Beginning, happened: readonly DiskEvent[]): Acknowledged {
  const said = nothingSaid();
  for (const event of happened)
    if (event.did === "write" && basename(event.path) === "said")
      hear(said, Buffer.from(event.bytes).toString().trimEnd());
  const accepted = new Map([...beginning.accepted, ...said.accepted]);
  return { accepted, signed: Math.max(beginning.signed, said.signed) };
}

// What processes share in memory does not outlive a loss of power.
function restore(folder: string, files: Files): void {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  for (const [path, bytes] of files) if (!path.endsWith("-shm")) writeFileSync(path, bytes);
}
