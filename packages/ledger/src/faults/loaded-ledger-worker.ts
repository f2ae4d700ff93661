// A process that grows a ledger under load and says on standard output what was acknowledged, only afterwards: for tests that kill it.
// Standard input: "go" opens the ledger and begins, "stop" or the end of the input closes it. With --submissions it stops by itself;
// with --record it writes what it says to a file as well.
import { openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { toHex, utf8 } from "@fiducial/core";
import { hospital } from "../conformance/hospital.ts";
import { type LocalLedger, openLocalLedger, testOrigin } from "../conformance/local-ledger.ts";
import { asLedgerError } from "../ledger-error.ts";
import type { SignedStatement } from "../ordering/port.ts";
import { verificationPool } from "../verification/pool.ts";
import { highWaterFile } from "./high-water-file.ts";
import { seededRandom } from "./seeded-random.ts";

const { values } = parseArgs({
  options: {
    ledger: { type: "string", default: "" },
    mark: { type: "string", default: "" },
    round: { type: "string", default: "0" },
    statements: { type: "string", default: "400" },
    submissions: { type: "string", default: "0" },
    submitters: { type: "string", default: "4" },
    record: { type: "string", default: "" },
    settle: { type: "string", default: String(1 << 24) },
  },
});
const round = Number(values.round);
const submissions = Number(values.submissions) || Number.POSITIVE_INFINITY;
const noon = Date.parse("2026-11-18T12:00:00.000Z");
const northlake = hospital(testOrigin, noon);
const random = seededRandom(`load ${round}`);
const founding = await northlake.founding();
const fresh = await Promise.all(
  Array.from({ length: Number(values.statements) }, (_, at) => northlake.study(round * 100_000 + at)),
);
const verification = verificationPool(1);
// A round is short: what comes before it is not part of it.
await verification.examine(founding, () => undefined);
let stopping = false;
let submitted = 0;
const record = values.record === "" ? undefined : openSync(values.record, "w");

// The full stop tells a whole line from one that a kill has cut off.
function say(line: string): void {
  if (record !== undefined) writeSync(record, `${line} .\n`);
  process.stdout.write(`${line} .\n`);
}

const heard = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
// Whoever started this process may be gone before it.
process.stdout.on("error", () => process.exit());
say("ready");
if ((await heard.next()).done === true) process.exit();
await run();

async function run(): Promise<void> {
  try {
    const ledger = openLocalLedger({
      path: values.ledger,
      clock: () => noon + round * 1000 + Math.floor(performance.now() / 100),
      verification,
      highWater: highWaterFile(values.mark),
      storeOptions: { settleAfterBytes: Number(values.settle) },
    });
    ledger.publication.onPublished(({ size }) => say(`signed ${size}`));
    say(`open ${ledger.store.head().edge.size}`);
    void heard.next().then(() => {
      stopping = true;
    });
    await submit(ledger, founding);
    await Promise.all(Array.from({ length: Number(values.submitters) }, () => submitAll(ledger)));
    await ledger.close();
    const fault = (await ledger.replica.stopped) ?? (await ledger.publication.stopped);
    say(fault === undefined ? "closed" : `failed ${fault.code}`);
  } catch (thrown) {
    say(`failed ${asLedgerError(thrown).code}`);
  }
  process.exit(0);
}

async function submitAll(ledger: LocalLedger): Promise<void> {
  while (!stopping && fresh.length > 0 && submitted++ < submissions) await submit(ledger, await submission());
}

// Mostly new studies; now and then an old one again, one that nobody can read, one for another log, an extension.
async function submission(): Promise<readonly SignedStatement[]> {
  const statements: SignedStatement[] = fresh.splice(0, 1 + random.below(4));
  const [first] = statements;
  if (random.oneIn(4)) statements.push(await northlake.extension(round * 100_000 + random.below(100)));
  if (random.oneIn(5)) statements.push(await northlake.study(Math.max(0, round - 1) * 100_000 + random.below(10)));
  if (random.oneIn(9)) statements.push({ id: toHex(new Uint8Array(32)), bytes: utf8("{}") });
  if (random.oneIn(9)) statements.push(await northlake.study(submitted, { log: "log.example/other" }));
  if (random.oneIn(9) && first !== undefined) statements.push(first);
  return statements;
}

async function submit({ replica }: LocalLedger, statements: readonly SignedStatement[]): Promise<void> {
  for (const outcome of await replica.submit(statements))
    if (outcome.status === "accepted") say(`accepted ${outcome.id} ${outcome.index}`);
    else if (outcome.status === "refused") say(`refused ${outcome.id} ${outcome.code}`);
}
