import { join } from "node:path";
import { contracts } from "@fiducial/contract";
import { type Statement, utf8, utf8Decode } from "@fiducial/core";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { type Hospital, hospital } from "../conformance/hospital.ts";
import { type LocalLedgerOptions, memoryHighWater, openLocalLedger, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { LedgerError } from "../ledger-error.ts";
import { largestBatch, localOrdering } from "../ordering/local/local-ordering.ts";
import { openStore, type Store } from "../store/store.ts";
import { type ExaminedStatement, type VerificationPool, verificationPool } from "../verification/pool.ts";
import { startReplica } from "./replica.ts";

const noon = Date.parse("2026-11-18T12:00:00.000Z");
const verification = verificationPool(1);
afterAll(() => verification.close());

async function founded(change: Partial<LocalLedgerOptions> = {}) {
  const northlake = hospital(testOrigin, noon);
  const path = join(scratchFolder(), "ledger.db");
  const ledger = openLocalLedger({ path, clock: () => noon, verification, highWater: memoryHighWater(), ...change });
  onTestFinished(() => ledger.close());
  await ledger.replica.submit(await northlake.founding());
  return { ...ledger, northlake };
}

/** The same statement under a signature that is not its signer's. */
function forged({ id, bytes }: { id: string; bytes: Uint8Array }) {
  const text = utf8Decode(bytes) as string;
  const [whole, first] = /"sig":"(.)/.exec(text) as RegExpExecArray;
  return { id, bytes: utf8(text.replace(whole as string, `"sig":"${first === "A" ? "B" : "A"}`)) };
}

const studies = (northlake: Hospital, count: number) =>
  Promise.all(Array.from({ length: count }, (_, number) => northlake.study(number)));

describe("answers", () => {
  test("are for the bytes that were submitted: a forged twin spoils nobody's", async () => {
    const { replica, northlake } = await founded();
    const study = await northlake.study(1);
    const answers = await Promise.all([replica.submit([forged(study)]), replica.submit([study])]);
    expect(answers).toMatchObject([
      [{ status: "refused", code: "SIGNATURE_INVALID" }],
      [{ status: "accepted", id: study.id }],
    ]);
  });

  test("are for the bytes that were submitted, whatever id came with them", async () => {
    const { replica, northlake } = await founded();
    const [one, two] = await studies(northlake, 2);
    if (one === undefined || two === undefined) throw new Error("no studies");
    const answers = await Promise.all([replica.submit([{ id: one.id, bytes: two.bytes }]), replica.submit([one])]);
    expect(answers).toMatchObject([[{ status: "accepted", id: two.id }], [{ status: "accepted", id: one.id }]]);
  });

  test("come to everyone who submitted the same", async () => {
    const { replica, northlake } = await founded();
    const study = await northlake.study(1);
    const answers = await Promise.all(Array.from({ length: 5 }, () => replica.submit([study, study])));
    for (const outcome of answers.flat()) expect(outcome).toMatchObject({ status: "accepted", index: 6 });
  });
});

describe("what was examined before it is submitted", () => {
  test("is not examined again; what only looks like it is", async () => {
    let examined = 0;
    const counting: VerificationPool = {
      ...verification,
      examine: (statements, keyOf) => {
        examined += statements.length;
        return verification.examine(statements, keyOf);
      },
    };
    const { replica, northlake } = await founded({ verification: counting });
    const [one, two, three] = (await studies(northlake, 3)) as [Statement, Statement, Statement];
    examined = 0;
    const [first, broken] = await replica.examine([one.bytes, utf8("{}")]);
    expect(broken).toMatchObject({ fault: "ENVELOPE_MALFORMED" });
    const known = first as ExaminedStatement;
    expect([known.id, known.verified(0)]).toEqual([one.id, true]);
    const pretended = { ...known, ...forged(two), verified: () => true };
    expect(await replica.submit([pretended, known, three])).toMatchObject([
      { status: "refused", code: "SIGNATURE_INVALID" },
      { status: "accepted", id: one.id },
      { status: "accepted", id: three.id },
    ]);
    expect(examined).toBe(4);
  });

  test("by a key that was registered only afterwards, is verified when it is decided", async () => {
    // Workers remember keys, those of other tests too.
    const fresh = verificationPool(1);
    onTestFinished(() => fresh.close());
    const northlake = hospital(testOrigin, noon);
    const path = join(scratchFolder(), "ledger.db");
    const ledger = openLocalLedger({ path, clock: () => noon, verification: fresh, highWater: memoryHighWater() });
    onTestFinished(() => ledger.close());
    const [study] = await studies(northlake, 1);
    const [early, late] = await ledger.replica.examine(
      [study, forged(study as Statement)].map((one) => (one as Statement).bytes),
    );
    expect((early as ExaminedStatement).verified(0)).toBeUndefined();
    await ledger.replica.submit(await northlake.founding());
    expect(await ledger.replica.submit([late as ExaminedStatement, early as ExaminedStatement])).toMatchObject([
      { status: "refused", code: "SIGNATURE_INVALID" },
      { status: "accepted" },
    ]);
  });
});

describe("back-pressure", () => {
  test("lets no more under way than there are places, and answers everybody", async () => {
    let underWay = 0;
    let most = 0;
    const between = (store: Store): Store => ({
      ...store,
      commit: (batch) => {
        store.commit(batch);
        const until = performance.now() + 2;
        while (performance.now() < until);
      },
    });
    const northlake = hospital(testOrigin, noon);
    const store = between(openStore(join(scratchFolder(), "ledger.db")));
    const ordering = localOrdering(() => noon, { recordedAtMs: 0 });
    const counted: typeof ordering = {
      ...ordering,
      submit: async (statements) => {
        underWay += statements.length;
        most = Math.max(most, underWay);
        await ordering.submit(statements);
      },
      applied: () => {
        underWay = 0;
      },
    };
    const replica = startReplica({ store, ordering: counted, contracts, verification, mostUnderWay: 8 });
    await replica.submit(await northlake.founding());
    const statements = await studies(northlake, 200);
    const outcomes = await Promise.all(statements.map((statement) => replica.submit([statement])));
    expect(outcomes.flat().map(({ status }) => status)).toEqual(statements.map(() => "accepted"));
    expect(most).toBeLessThanOrEqual(8);
    await replica.close();
    store.close();
  });

  test("lets in a submission larger than all places, in batches of the largest size, in order", async () => {
    const sizes: number[] = [];
    const between = (store: Store): Store => ({
      ...store,
      commit: (batch) => {
        sizes.push(batch.entries.length);
        store.commit(batch);
      },
    });
    const { replica, northlake, store } = await founded({ mostUnderWay: 16, between });
    sizes.length = 0;
    const statements = await studies(northlake, 2 * largestBatch + 10);
    const outcomes = await replica.submit(statements);
    expect(outcomes.map((outcome) => outcome.status === "accepted" && outcome.index)).toEqual(
      statements.map((_, at) => 6 + at),
    );
    expect(sizes).toEqual([largestBatch, largestBatch, 10]);
    expect(store.head().edge.size).toBe(6 + statements.length);
  });
});

test("a replica under load gives others their turn after every batch", async () => {
  const { replica, northlake } = await founded();
  const statements = await studies(northlake, 400);
  let batches = 0;
  let most = 0;
  replica.onCommit(() => {
    most = Math.max(most, ++batches);
  });
  const turn = () => {
    batches = 0;
    timer = setImmediate(turn);
  };
  let timer = setImmediate(turn);
  const submitAll = async () => {
    for (let next = statements.pop(); next !== undefined; next = statements.pop()) await replica.submit([next]);
  };
  await Promise.all(Array.from({ length: 4 }, submitAll));
  clearImmediate(timer);
  expect(most).toBeLessThanOrEqual(2);
});

describe("a replica that stops", () => {
  test("when its verification fails rejects everybody, and leaves no rejection that nobody handles", async () => {
    const dying = verificationPool(1);
    const { replica, northlake } = await founded({ verification: dying });
    const statements = await studies(northlake, 3 * largestBatch);
    const answers = Promise.allSettled(statements.map((statement) => replica.submit([statement])));
    await dying.close();
    const settled = await answers;
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    expect((await replica.stopped)?.code).toBe("REPLICA_FAILED");
    await expect(replica.submit([await northlake.study(1)])).rejects.toMatchObject({ code: "REPLICA_FAILED" });
  });

  test("when it may not go on commits nothing of the batch, and rejects everybody", async () => {
    let isEnded = false;
    const mayGoOn = () => {
      if (isEnded) throw new LedgerError("LOG_ENDED");
    };
    const { replica, store, northlake } = await founded({ mayGoOn });
    const before = store.head();
    isEnded = true;
    await expect(replica.submit([await northlake.study(1)])).rejects.toMatchObject({ code: "LOG_ENDED" });
    expect((await replica.stopped)?.code).toBe("LOG_ENDED");
    expect(store.head()).toEqual(before);
  });

  test("when closed has answered what it ordered, and rejects the rest", async () => {
    const { replica, northlake, store } = await founded({ mostUnderWay: 50 });
    const statements = await studies(northlake, 200);
    const answers = Promise.allSettled(statements.map((statement) => replica.submit([statement])));
    await replica.close();
    const accepted = (await answers).filter(({ status }) => status === "fulfilled").length;
    expect(store.head().edge.size).toBe(6 + accepted);
    expect(await replica.stopped).toBeUndefined();
  });

  test("when a listener throws says so, and keeps what it committed", async () => {
    const { replica, northlake, store } = await founded();
    replica.onCommit(() => {
      throw new Error("listener");
    });
    await expect(replica.submit([await northlake.study(1)])).rejects.toMatchObject({ code: "REPLICA_FAILED" });
    expect(store.head().edge.size).toBe(7);
  });
});
