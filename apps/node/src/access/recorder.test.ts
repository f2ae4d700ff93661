// Reads are durable before they are answered, one a minute; when the ledger or the disk fails, care goes on and nothing is lost.
import { parseEntry } from "@fiducial/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { health } from "../routes/health.ts";
import { berg, hospital } from "../scratch/scratch-hospital.ts";
import type { WaitingRead, WaitingReads } from "./outbox.ts";
import type { Read } from "./read.ts";
import type { ReadSite } from "./read-statement.ts";
import { accessRecorder } from "./recorder.ts";

const radiologist: Caller = {
  ...{ type: "person", subject: "1".repeat(32), actor: "2".repeat(32), name: "Rosa" },
  ...{ roles: ["radiologist"], session: "3".repeat(32) },
};
const series = `${berg.studyUid}.1`;
const viewed = (study: string): Read => ({ caller: radiologist, what: "images", action: "view", study, series });

/** The reads on a node's log, oldest first. */
function recorded({ store }: OpenNode) {
  const all = store.entries(0, store.head().edge.size).flatMap((bytes) => parseEntry(bytes) ?? []);
  return all.filter(({ statement }) => statement.content.kind === "access.read.performed");
}

describe("a read", () => {
  test("is on the ledger when it may be answered: roles and handles open, session and series sealed", async () => {
    const { node, study } = await hospital();
    await node.access.before({ ...viewed(study), address: "10.1.2.3" });
    const [read] = recorded(node);
    const { actor, roles } = radiologist as Extract<Caller, { type: "person" }>;
    expect(read?.statement.content.open).toMatchObject({
      ...{ study, what: "images", action: "view", readerType: "person", reader: actor, roles, series: 1 },
      ...{ purpose: "TREAT", purposeBasis: "presumed", outcome: "permitted", recorded: "before" },
    });
    expect(JSON.stringify(read?.statement.content)).not.toContain(series);
    const opened = node.vault.disclosures(read?.statement.id ?? "")?.disclosures;
    expect(opened?.["series"]?.value).toEqual([series]);
    expect(opened?.["network"]?.value).toBe("inside");
    expect(opened?.["account"]?.value).toBeNull();
  });

  test("is opened no more when the patient was forgotten; that it happened stays", async () => {
    const { node, study, subject, approvers } = await hospital();
    await node.access.before(viewed(study));
    const id = recorded(node)[0]?.statement.id ?? "";
    await node.operations.forget(subject, approvers);
    expect(recorded(node)).toHaveLength(1);
    expect(node.vault.disclosures(id)).toBeUndefined();
    // A page that was open meanwhile asks again: nothing that leads to the patient is kept anew.
    await node.access.before({ ...viewed(study), action: "retrieve", remark: "Bergström again" });
    const last = recorded(node)[1]?.statement.id ?? "";
    const { series: seriesKept, remark } = node.vault.disclosures(last)?.disclosures ?? {};
    expect([seriesKept?.value, remark?.value]).toEqual([null, null]);
  });

  test("is one record in a session, series and minute; those that come meanwhile wait for it", async () => {
    let nowMs = Date.UTC(2026, 10, 29, 8, 0, 10);
    const { scratch, study } = await hospital();
    const node = await scratch.open({ nowMs: () => nowMs });
    const { submit } = node.replica;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    vi.spyOn(node.replica, "submit").mockImplementationOnce(async (statements) => {
      await held;
      return submit(statements);
    });
    const answered: string[] = [];
    const reads = ["first", "second"].map((name) => node.access.before(viewed(study)).then(() => answered.push(name)));
    await new Promise(setImmediate);
    expect(answered).toEqual([]);
    release();
    await Promise.all(reads);
    expect(recorded(node)).toHaveLength(1);

    const colleague = { ...radiologist, session: "4".repeat(32) } as Caller;
    await node.access.before({ ...viewed(study), caller: colleague });
    await node.access.before({ ...viewed(study), series: `${series}.2` });
    nowMs += 50_000;
    await node.access.before(viewed(study));
    await node.access.before(viewed(study));
    expect(recorded(node)).toHaveLength(4);
    expect(recorded(node).map(({ statement }) => statement.content.open["minute"])).toEqual([
      ...Array(3).fill("2026-11-29T08:00:00.000Z"),
      "2026-11-29T08:01:00.000Z",
    ]);
  });
});

describe("a read like one of the same minute", () => {
  const counts = (node: OpenNode) =>
    recorded(node).map(({ statement: { content } }) => content.open["studies"] ?? content.open["instances"]);

  test("that shows more studies, other ones, or more objects is another record, durable before it is answered", async () => {
    const { scratch, study } = await hospital();
    const node = await scratch.open({ nowMs: () => Date.UTC(2026, 10, 29, 8, 0, 10) });
    const list = (...listed: string[]): Read => ({
      ...{ caller: radiologist, what: "study-list", action: "view", studies: listed.length, listed },
    });
    await node.access.before(list("a", "b"));
    await node.access.before(list("b"));
    const { submit } = node.replica;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    vi.spyOn(node.replica, "submit").mockImplementationOnce(async (statements) => {
      await held;
      return submit(statements);
    });
    let answered = 0;
    // The second stands in the record of the first, which is not durable yet.
    const reads = [list("a", "b", "c"), list("c", "a")].map((read) => node.access.before(read).then(() => answered++));
    await new Promise(setImmediate);
    expect(answered).toBe(0);
    release();
    await Promise.all(reads);
    expect(counts(node)).toEqual([2, 3]);
    // The following page has as many, and others.
    await node.access.before(list("d", "e"));
    expect(counts(node)).toEqual([2, 3, 5]);
    expect(JSON.stringify(recorded(node))).not.toContain("listed");

    const seen = (instances: number) => node.access.before({ ...viewed(study), what: "study", instances });
    for (const instances of [60, 60, 61, 2]) await seen(instances);
    expect(counts(node)).toEqual([2, 3, 5, 60, 61]);
  });
});

describe("when the ledger takes no statements", () => {
  test("reads go on, health tells, and they are recorded with when they were when it takes some again, also after a crash", async () => {
    const at = Date.UTC(2026, 10, 29, 8, 0, 10);
    const { scratch, study } = await hospital();
    let node = await scratch.open({ nowMs: () => at });
    vi.spyOn(node.replica, "submit").mockRejectedValue(new NodeError("DISK_FULL"));
    await node.access.before(viewed(study));
    expect(node.access.waiting()).toEqual({ reads: 1, inMemory: 0, cause: "DISK_FULL" });
    expect(health(node)).toMatchObject({
      status: "degraded",
      troubles: [{ code: "ACCESS_WAITING", cause: "DISK_FULL", waiting: { reads: 1, inMemory: 0 } }],
    });
    await node.access.catchUp();
    expect(node.access.waiting().reads).toBe(1);

    node = await scratch.open({ nowMs: () => at + 3_600_000 });
    await node.access.catchUp();
    const [read] = recorded(node);
    expect(read?.statement.content).toMatchObject({ occurredAt: "2026-11-29T08:00:10.000Z", open: { study } });
    expect(read?.findings).toContain("RECORDED_AFTERWARDS");
    expect(node.access.waiting()).toEqual({ reads: 0, inMemory: 0 });
    node = await scratch.open();
    await node.access.catchUp();
    expect(recorded(node)).toHaveLength(1);
  });

  test("what it had taken before nobody could tell is not recorded twice", async () => {
    const { node, study } = await hospital();
    const { submit } = node.replica;
    vi.spyOn(node.replica, "submit").mockImplementationOnce(async (statements) => {
      await submit(statements);
      throw new Error("the answer was lost");
    });
    await node.access.before(viewed(study));
    expect(node.access.waiting().reads).toBe(1);
    await node.access.catchUp();
    expect(node.access.waiting()).toEqual({ reads: 0, inMemory: 0 });
    expect(recorded(node)).toHaveLength(1);
  });
});

describe("with a ledger that does not answer", () => {
  /** A ledger that is in the tester's hands, and an outbox in memory. */
  function staged(outboxFails = false) {
    const waiting = new Map<number, WaitingRead>();
    const sent: ((outcome: { status: string }) => void)[] = [];
    const outbox: WaitingReads = {
      wasDamaged: false,
      add: (one) => {
        if (outboxFails) throw new Error("no room");
        waiting.set(waiting.size, one);
      },
      waiting: () => [...waiting].map(([position, one]) => ({ position, ...one })),
      done: (position) => void waiting.delete(position),
      count: () => waiting.size,
      close: () => {},
    };
    const site = {
      author: {
        prepare: async () => ({ statement: { id: String(sent.length) } }),
        send: () => new Promise((resolve) => sent.push(resolve)),
      },
      household: {},
      vault: { subjectOfStudy: () => "5".repeat(32) },
    } as unknown as ReadSite;
    const onLedger = new Set<string>();
    const isRecorded = (statement: string) => onLedger.has(statement);
    const recorder = accessRecorder({ site, outbox, isRecorded, nowMs: () => 0, patienceMs: 1, retryMs: 3_600_000 });
    return { recorder, sent, onLedger };
  }
  const study = "6".repeat(32);

  test("a reader waits only so long, and what is accepted after all is recorded once", async () => {
    const { recorder, sent, onLedger } = staged();
    onTestFinished(recorder.close);
    await recorder.before(viewed(study));
    expect(recorder.waiting()).toMatchObject({ reads: 1, cause: "BUSY" });
    await recorder.catchUp();
    expect(sent).toHaveLength(1);
    onLedger.add("0");
    sent[0]?.({ status: "accepted" });
    await vi.waitFor(async () => {
      await recorder.catchUp();
      expect(recorder.waiting()).toEqual({ reads: 0, inMemory: 0 });
    });
    expect(sent).toHaveLength(1);
  });

  test("and with no outbox either, care goes on and is recorded later; nothing else is shown", async () => {
    const { recorder, sent } = staged(true);
    onTestFinished(recorder.close);
    await recorder.before(viewed(study));
    const refusal = expect.objectContaining({ code: "ACCESS_NOT_RECORDED" });
    for (const other of [
      { ...viewed(study), purpose: "HRESCH" as const },
      { ...viewed(study), caller: { type: "operator" } as const },
    ])
      await expect(recorder.before(other)).rejects.toEqual(refusal);
    await recorder.before({ ...viewed(study), purpose: "BTG" });
    expect(recorder.waiting()).toMatchObject({ reads: 2, inMemory: 2 });
    const before = sent.length;
    const catching = recorder.catchUp();
    for (const at of [before, before + 1]) {
      await vi.waitFor(() => expect(sent.length).toBeGreaterThan(at));
      sent[at]?.({ status: "accepted" });
    }
    await catching;
    expect(recorder.waiting()).toEqual({ reads: 0, inMemory: 0 });
    for (const answer of sent) answer({ status: "accepted" });
  });
});
