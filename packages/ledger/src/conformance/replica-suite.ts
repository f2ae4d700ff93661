// One suite that a replica over any ordering passes: what submitters, readers and other replicas may rely on. DESIGN § 7.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contracts, replay } from "@fiducial/contract";
import {
  type Entry,
  parseEntry,
  publicKeyFromDeclared,
  type Statement,
  toHex,
  verifyStatementSignature,
} from "@fiducial/core";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { naiveTree } from "../../../../vectors/merkle/naive-tree.ts";
import type { Clock, Ordering, OrderPosition } from "../ordering/port.ts";
import { type Replica, startReplica } from "../replica/replica.ts";
import { openStore, type Store } from "../store/store.ts";
import { verificationPool } from "../verification/pool.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { hospital } from "./hospital.ts";

/** Makes an ordering that goes on after `position`, as it would after a restart, or takes part in an order begun before. */
export type OrderingUnderTest = (clock: Clock, start: { position: OrderPosition; recordedAtMs: number }) => Ordering;

const noon = Date.parse("2026-11-18T12:00:00.000Z");
const hour = 3_600_000;

/** Runs the suite. `orderingFor` is called once per start of a replica; `name` stands in the test names. */
export function replicaConformance(name: string, orderingFor: () => OrderingUnderTest): void {
  describe(`a replica over ${name} ordering`, () => {
    const verification = verificationPool(1);
    const folders: string[] = [];
    const open: { replica: Replica; store: Store }[] = [];
    const northlake = hospital("log.example/conformance", noon);
    let now = noon;
    const clock = () => now;

    afterEach(async () => {
      for (const { replica, store } of open.splice(0)) {
        await replica.close();
        store.close();
      }
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
      now = noon;
    });
    afterAll(() => verification.close());

    function start(
      folder = mkdtempSync(join(tmpdir(), "replica-")),
      orderingOf = orderingFor(),
    ): { replica: Replica; store: Store; folder: string; restart: () => Promise<{ replica: Replica; store: Store }> } {
      folders.push(folder);
      const store = openStore(join(folder, "ledger.db"));
      const { position, recordedAt } = store.head();
      const ordering = orderingOf(clock, { position, recordedAtMs: recordedAt === "" ? 0 : Date.parse(recordedAt) });
      const replica = startReplica({ store, ordering, contracts, verification });
      const running = { replica, store };
      open.push(running);
      const restart = async () => {
        open.splice(open.indexOf(running), 1);
        await replica.close();
        store.close();
        folders.splice(folders.indexOf(folder), 1);
        return start(folder, orderingOf);
      };
      return { ...running, folder, restart };
    }

    async function founded(): Promise<ReturnType<typeof start>> {
      const running = start();
      const outcomes = await running.replica.submit(await northlake.founding());
      expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => "accepted"));
      return running;
    }

    const entriesOf = (store: Store): Entry[] =>
      store.entries(0, store.head().edge.size).map((bytes) => parseEntry(bytes) as Entry);

    test("accepts statements in the order of one submission, with findings inside the entries", async () => {
      const { replica, store } = await founded();
      const studies = await Promise.all([1, 2, 3].map((number) => northlake.study(number)));
      const outcomes = await replica.submit(studies);
      expect(outcomes).toMatchObject(
        studies.map(({ id }, at) => ({
          status: "accepted",
          id,
          index: 6 + at,
          findings: ["DEVICE_NOT_NAMED"],
          repeated: false,
        })),
      );
      expect(entriesOf(store).slice(6)).toMatchObject(
        studies.map(({ id }) => ({ findings: ["DEVICE_NOT_NAMED"], statement: { id } })),
      );
    });

    test("refuses with a code, writes no entry, and takes the statement once it fits", async () => {
      const { replica, store } = start();
      const [genesis, ...members] = (await northlake.founding()) as [Statement, ...Statement[]];
      const study = await northlake.study(1);
      expect(await replica.submit([study])).toMatchObject([{ status: "refused", code: "LOG_NOT_CREATED" }]);
      expect(await replica.submit([genesis, study])).toMatchObject([
        { status: "accepted", index: 0 },
        { status: "refused", code: "KEY_UNKNOWN" },
      ]);
      expect(store.head().edge.size).toBe(1);
      expect(store.refusals(10)).toMatchObject([
        { id: study.id, code: "KEY_UNKNOWN" },
        { id: study.id, code: "LOG_NOT_CREATED" },
      ]);
      await replica.submit(members);
      expect(await replica.submit([study])).toMatchObject([{ status: "accepted", index: 6 }]);
    });

    test("accepts a statement once: in one batch, in another, and after a restart", async () => {
      const running = await founded();
      const study = await northlake.study(1);
      const first = {
        status: "accepted",
        index: 6,
        recordedAt: "2026-11-18T12:00:00.000Z",
        findings: ["DEVICE_NOT_NAMED"],
      };
      expect(await running.replica.submit([study, study])).toMatchObject([first, first]);
      now += hour;
      expect(await running.replica.submit([study])).toMatchObject([{ ...first, repeated: true }]);
      const { replica, store } = await running.restart();
      expect(await replica.submit([study])).toMatchObject([{ ...first, repeated: true }]);
      expect(store.head().edge.size).toBe(7);
    });

    test("a malformed statement, a forged one and one for another log harm nobody beside them", async () => {
      const { replica } = await founded();
      const [good, forged, other] = await Promise.all([
        northlake.study(1),
        northlake.study(2),
        northlake.study(3, { log: "log.example/other" }),
      ]);
      const text = new TextDecoder().decode(forged.bytes);
      const signature = /"sig":"(.)/.exec(text) as RegExpExecArray;
      const bytes = new TextEncoder().encode(text.replace(signature[0], `"sig":"${signature[1] === "A" ? "B" : "A"}`));
      const outcomes = await replica.submit([
        { id: "00".repeat(32), bytes: new TextEncoder().encode("{}") },
        { id: forged.id, bytes },
        other,
        good,
      ]);
      expect(outcomes).toMatchObject([
        { status: "malformed", code: "ENVELOPE_MALFORMED" },
        { status: "refused", code: "SIGNATURE_INVALID" },
        { status: "refused", code: "WRONG_LOG" },
        { status: "accepted", index: 6 },
      ]);
    });

    test("times run forward though the clock steps back, and a statement expires", async () => {
      const { replica, store } = await founded();
      now += hour;
      await replica.submit([await northlake.study(1)]);
      now -= 2 * hour;
      await replica.submit([await northlake.study(2)]);
      const [before, after] = entriesOf(store).slice(6);
      expect(after?.recordedAt).toBe(before?.recordedAt);
      now += 8 * 24 * hour;
      expect(await replica.submit([await northlake.study(3)])).toMatchObject([
        { status: "refused", code: "STATEMENT_EXPIRED" },
      ]);
    });

    test("goes on after a restart without replaying, with the same root and state", async () => {
      const running = await founded();
      await running.replica.submit(await Promise.all([1, 2].map((number) => northlake.study(number))));
      const before = running.replica.head();
      const { replica } = await running.restart();
      expect(replica.head()).toEqual(before);
      expect(await replica.submit([await northlake.extension(1)])).toMatchObject([{ status: "accepted", index: 8 }]);
    });

    test("its root is the RFC's over its entries, and its state digest that of a replay from empty", async () => {
      const { replica, store } = await founded();
      const statements = await Promise.all(
        Array.from({ length: 300 }, (_, number) =>
          number % 3 === 2 ? northlake.extension(number - 1) : northlake.study(number),
        ),
      );
      await replica.submit(statements);
      const bytes = store.entries(0, store.head().edge.size);
      expect(toHex(replica.head().rootHash)).toBe(toHex(naiveTree(bytes).root(0, bytes.length)));
      const again = replay(contracts, entriesOf(store), (statement, index, key) =>
        verifyStatementSignature(sodiumBackend, statement, index, publicKeyFromDeclared(key) as never),
      );
      expect(again.stateDigest).toBe(toHex(replica.head().stateDigest));
      expect(again.verdicts.map((verdict) => verdict.accepted && verdict.findings)).toEqual(
        entriesOf(store).map(({ findings }) => findings),
      );
    });

    test("many submitters at once are each answered, in an order that all see alike", async () => {
      const { replica, store } = await founded();
      const statements = await Promise.all(Array.from({ length: 200 }, (_, number) => northlake.study(number)));
      const outcomes = (await Promise.all(statements.map((statement) => replica.submit([statement])))).flat();
      const ids = entriesOf(store).map(({ statement }) => statement.id);
      for (const outcome of outcomes)
        expect(outcome.status === "accepted" && ids[outcome.index]).toBe(outcome.status === "accepted" && outcome.id);
      expect(new Set(ids).size).toBe(206);
    });

    test("tells listeners of each commit, and nobody after it is closed", async () => {
      const { replica } = await founded();
      const heard: number[] = [];
      const stop = replica.onCommit(({ size }) => heard.push(size));
      await replica.submit([await northlake.study(1)]);
      stop();
      await replica.submit([await northlake.study(2)]);
      expect(heard).toEqual([7]);
      await replica.close();
      await expect(replica.submit([await northlake.study(3)])).rejects.toMatchObject({ code: "REPLICA_CLOSED" });
    });

    test("stops, and keeps nothing of the batch, when the store fails", async () => {
      const { replica, store } = await founded();
      const commit = store.commit;
      Object.assign(store, {
        commit: () =>
          commit({
            ...store.head(),
            head: store.head(),
            entries: [{ id: new Uint8Array(32), bytes: null as never }],
            tiles: [],
            writes: [],
            refusals: [],
          }),
      });
      await expect(replica.submit([await northlake.study(1)])).rejects.toMatchObject({ name: "LedgerError" });
      expect((await replica.stopped)?.code).toBe("STORE_FAILED");
      expect(store.head().edge.size).toBe(6);
      expect(store.entry(6)).toBeUndefined();
    });
  });
}
