import { join } from "node:path";
import { contracts } from "@fiducial/contract";
import { parseEntry, type Statement, utf8 } from "@fiducial/core";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { hospital } from "../conformance/hospital.ts";
import { memoryHighWater, openLocalLedger, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { memoryOrdering } from "../ordering/memory/memory-ordering.ts";
import type { OrderedBatch } from "../ordering/port.ts";
import { openStore, type Store } from "../store/store.ts";
import { verificationPool } from "../verification/pool.ts";
import { startReplica } from "./replica.ts";
import { decideBatch } from "./sequencer.ts";

const noon = Date.parse("2026-11-18T12:00:00.000Z");
const recordedAt = "2026-11-18T12:00:00.000Z";
const northlake = hospital(testOrigin, noon);
const verification = verificationPool(1);
afterAll(() => verification.close());

function emptyStore(): Store {
  const store = openStore(join(scratchFolder(), "ledger.db"));
  onTestFinished(() => store.close());
  return store;
}

/** What became of a replica that was given these batches. */
async function followed(batches: readonly OrderedBatch[]) {
  const store = emptyStore();
  const replica = startReplica({ store, ordering: memoryOrdering(() => noon, batches), contracts, verification });
  const over = new Promise<void>((resolve) => {
    const stop = replica.onCommit(({ position }) => position === batches.length && (stop(), resolve()));
  });
  await Promise.race([over, replica.stopped]);
  await replica.close();
  return { code: (await replica.stopped)?.code, size: store.head().edge.size };
}

describe("another replica's decisions", () => {
  const theirs = (statements: readonly Statement[], findings: readonly (readonly string[])[]): OrderedBatch => ({
    position: 1,
    recordedAt,
    statements,
    decided: findings.map((codes) => ({ findings: codes })),
  });

  test("that are ours too are followed", async () => {
    const statements = [...(await northlake.founding()), await northlake.study(1)];
    const findings = statements.map((_, at) => (at === 6 ? ["DEVICE_NOT_NAMED"] : []));
    expect(await followed([theirs(statements, findings)])).toEqual({ code: undefined, size: 7 });
  });

  test.each([
    ["other findings", async () => ({ last: await northlake.study(1), findings: [] })],
    [
      "a statement that is refused here",
      async () => ({ last: await northlake.study(1, { log: "log.example/other" }), findings: [] }),
    ],
    ["a statement twice", async () => ({ last: (await northlake.founding())[5] as Statement, findings: [] })],
    [
      "a statement that is none",
      async () => ({ last: { ...(await northlake.study(1)), bytes: utf8("{}") }, findings: [] }),
    ],
    ["no decision about a statement", async () => ({ last: await northlake.study(1), findings: undefined })],
  ])("that have %s stop the replica, and nothing of the batch is kept", async (_, make) => {
    const { last, findings } = await make();
    const statements = [...(await northlake.founding()), last];
    const decided = [...statements.slice(1).map(() => []), ...(findings === undefined ? [] : [findings])];
    expect(await followed([theirs(statements, decided)])).toEqual({ code: "REPLICA_DIVERGED", size: 0 });
  });
});

test("a statement whose entry cannot be read is not taken for a new one", async () => {
  const path = join(scratchFolder(), "ledger.db");
  const ledger = openLocalLedger({ path, clock: () => noon, verification, highWater: memoryHighWater() });
  onTestFinished(() => ledger.close());
  const study = await northlake.study(1);
  await ledger.replica.submit([...(await northlake.founding()), study]);
  const damaged: Store = { ...ledger.store, entry: (index) => (index === 6 ? utf8("{}") : ledger.store.entry(index)) };
  const examined = await verification.examine([study], () => undefined);
  const ordered: OrderedBatch = { position: 9, recordedAt, statements: [study] };
  expect(() => decideBatch(contracts, damaged, ordered, examined)).toThrow(
    expect.objectContaining({ code: "STORE_CORRUPT" }),
  );
  expect(parseEntry(ledger.store.entry(6) as Uint8Array)?.statement.id).toBe(study.id);
});

test("a log that asks for a contract that is not here stops", async () => {
  const ordering = memoryOrdering(() => noon);
  const store = emptyStore();
  const replica = startReplica({ store, ordering, contracts: [], verification });
  await expect(replica.submit(await northlake.founding())).rejects.toMatchObject({ code: "CONTRACT_UNKNOWN" });
  expect((await replica.stopped)?.code).toBe("CONTRACT_UNKNOWN");
});
