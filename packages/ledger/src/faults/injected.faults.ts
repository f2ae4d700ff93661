// A disk that fails or fills up, or an end of the process, at any call on the ledger's files: everything acknowledged is there afterwards.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { verificationPool } from "../verification/pool.ts";
import { checkAftermath } from "./aftermath.ts";
import { type Beginning, begin, beginnings, copyBeginning } from "./beginnings.ts";
import { startLoadedLedger } from "./loaded-ledger.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";
import { countCalls, ensureTracing, type Fault, type Injection, injecting, wasInjected } from "./traced-calls.ts";

const long = process.env["FIDUCIAL_LONG"] === "1";
const mostRounds = long ? Number.POSITIVE_INFINITY : 150;
const limitMs = long ? 7_200_000 : 600_000;
// Small batches, and the write-ahead log moved into the file every few of them.
const options = ["--statements", "24", "--submissions", "6", "--submitters", "2", "--settle", "200000"];
const verification = verificationPool(1);
beforeAll(ensureTracing);
afterAll(() => verification.close());

test("with a fault at any call, a ledger ends with a code, holds what it acknowledged, and goes on", {
  timeout: limitMs,
}, async () => {
  const folder = scratchFolder();
  const random = seededRandom("injected faults");
  const all = await Promise.all(beginnings.map((name) => roundsFrom(name, folder)));
  const rounds = spread(all.flat(), random).slice(0, mostRounds);
  const next = rounds.values();
  let reached = 0;
  // One round waits for its process while the other looks at what its own has left.
  await Promise.all(
    ["one", "other"].map(async (lane) => {
      for (const round of next) if (await isHarmless(round, folder, join(folder, lane))) reached++;
    }),
  );
  // What is timed differently makes fewer calls now and then.
  expect(reached).toBeGreaterThan(rounds.length / 2);
});

interface Round {
  readonly beginning: Beginning;
  readonly injection: Injection;
}

/** Every fault at every call that a process makes when it starts from such a ledger. */
async function roundsFrom(name: Beginning["name"], folder: string): Promise<Round[]> {
  const beginning = await begin(name, join(folder, name), join(folder, "compile-cache"));
  const { said, trace } = await run(beginning, folder, join(folder, `counting-${name}`));
  expect(said).toMatchObject({ closed: true, complaint: "" });
  return [...countCalls(trace)].flatMap(([call, count]) => {
    const faults: readonly Fault[] = call === "pread64" || call === "read" ? ["EIO"] : anyFault;
    const numbers = Array.from({ length: count }, (_, at) => at + 1);
    return numbers.flatMap((number) => faults.map((fault) => ({ beginning, injection: { call, number, fault } })));
  });
}

const anyFault: readonly Fault[] = ["EIO", "EIO from then on", "ENOSPC", "SIGKILL"];

// In an order in which every kind of round comes once, then every kind again, and so on: writes are far more than the rest.
function spread(rounds: readonly Round[], random: SeededRandom): Round[] {
  const left = [...rounds];
  const shuffled = rounds.map(() => left.splice(random.below(left.length), 1)[0] as Round);
  const kinds = Object.values(
    Object.groupBy(shuffled, ({ beginning, injection: { call, fault } }) => `${beginning.name} ${call} ${fault}`),
  ) as Round[][];
  const longest = Math.max(...kinds.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => kinds.flatMap((kind) => kind.slice(turn, turn + 1))).flat();
}

/** Runs a round and checks what it leaves. Returns whether the call was reached. */
async function isHarmless({ beginning, injection }: Round, shared: string, folder: string): Promise<boolean> {
  try {
    const { said, trace, place } = await run(beginning, shared, folder, injection);
    const isReached = wasInjected(trace);
    expect(said.complaint).toBe("");
    expect(endsOf(injection)).toContain(said.failed ?? (said.closed ? "closed" : isReached && "killed"));
    const accepted = new Map([...beginning.accepted, ...said.accepted]);
    await checkAftermath(place, { accepted, signed: Math.max(beginning.signed, said.signed) }, verification);
    return isReached;
  } catch (thrown) {
    throw new Error(`a ${beginning.name} ledger, ${JSON.stringify(injection)}`, { cause: thrown });
  }
}

/** How a process may end: with a code of the disk, or closed when the ledger could do without the call. */
function endsOf({ fault }: Injection): readonly unknown[] {
  if (fault === "SIGKILL") return ["closed", "killed"];
  // FOLDER_NOT_WRITABLE is what SQLite's "unable to open" comes to.
  const ends = ["closed", "STORE_FAILED", "FOLDER_NOT_WRITABLE"];
  // A read that fails SQLite takes for a damaged file system.
  return [...ends, fault === "ENOSPC" ? "DISK_FULL" : "STORE_CORRUPT"];
}

async function run(beginning: Beginning, shared: string, folder: string, injection?: Injection) {
  const place = copyBeginning(beginning, folder);
  const trace = `${folder}.trace`;
  const under = injecting(folder, trace, injection);
  const running = await startLoadedLedger({
    ...place,
    compileCache: join(shared, "compile-cache"),
    round: 1,
    options,
    under,
  });
  await running.go();
  await running.ended;
  return { said: running.said, trace, place };
}
