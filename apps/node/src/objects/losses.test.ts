// Objects that were registered and are not in the store any more: an audit names the first of them.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { openJournal } from "../operations/under-way.ts";
import { berg, hospital } from "../scratch/scratch-hospital.ts";
import { takeIn } from "../scratch/scratch-node.ts";
import { turnsDuring } from "../scratch/turns.ts";
import { type Loss, lossesIn } from "./losses.ts";

const missing = (object: unknown) => ({ ok: false, firstBad: { index: null, code: "OBJECT_MISSING", object } });

test("a lost object is named by the audit, and back when the original is taken in again", async () => {
  const { scratch, node } = await hospital();
  const [, lost = ""] = node.objects.digests();
  const original = join(scratch.folder, "original.dcm");
  writeFileSync(original, readFileSync(node.objects.pathOf(lost)));
  rmSync(node.objects.pathOf(lost));
  expect(await node.audit()).toEqual(expect.objectContaining(missing(lost)));
  expect(await node.ingest([original])).toMatchObject({ instances: 0, known: 1 });
  expect(await node.audit()).toMatchObject({ ok: true });
});

test("a store that lost everything is noticed after the node was stopped", async () => {
  const { scratch, node } = await hospital();
  const all = [...node.objects.digests()];
  await scratch.close();
  for (const name of readdirSync(join(scratch.data, "objects")))
    rmSync(join(scratch.data, "objects", name), { recursive: true });
  const again = await scratch.open({ create: false });
  const result = await again.audit();
  expect(result).toEqual(expect.objectContaining(missing(expect.stringMatching(/^[0-9a-f]{64}$/))));
  const found = new Set<string>();
  for await (const loss of lossesIn({ ...again, journal: { read: () => undefined } }))
    found.add(loss.code === "OBJECT_MISSING" ? loss.object : "");
  expect([...found].sort()).toEqual(all);
});

test("what was destroyed, forgotten, or never registered is not missed", async () => {
  const { scratch, node, approvers, subject, other } = await hospital();
  const intake = node.openIntake();
  await intake.take({ path: scratch.file("given-up.dcm") });
  await intake.abandon();
  await node.operations.forget(subject, approvers);
  await node.operations.destroy([other], "entered-in-error", approvers);
  expect([...node.objects.digests()]).toEqual([]);
  expect(await node.audit()).toMatchObject({ ok: true });
});

test("what a destruction under way has taken first is not missed", async () => {
  const { scratch, node, approvers, other } = await hospital();
  const journal = openJournal(scratch.data);
  const forget = node.vault.forget;
  const found: Loss[] = [];
  vi.spyOn(node.vault, "forget").mockImplementationOnce(async (...handles) => {
    expect([...node.objects.digests()]).toHaveLength(3);
    for await (const loss of lossesIn({ ...node, journal })) found.push(loss);
    return forget(...handles);
  });
  await node.operations.destroy([other], "entered-in-error", approvers);
  expect(found).toEqual([]);
});

test("an audit looks again after a destruction that began meanwhile", async () => {
  const { scratch, node, approvers, other } = await hospital();
  const forget = node.vault.forget;
  const has = vi.spyOn(node.objects, "has");
  let audited: Promise<unknown> | undefined;
  vi.spyOn(node.vault, "forget").mockImplementationOnce(async (...handles) => {
    // As if the journal had been read before the destruction began.
    rmSync(join(scratch.data, "under-way.json"));
    has.mockClear();
    audited = node.audit();
    await vi.waitFor(() => expect(has).toHaveReturnedWith(false), { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    return forget(...handles);
  });
  await node.operations.destroy([other], "entered-in-error", approvers);
  expect(await audited).toMatchObject({ ok: true });
});

test("a vault that cannot tell what must be there is named", async () => {
  const { scratch } = await hospital();
  await scratch.close();
  const database = new DatabaseSync(join(scratch.data, "vault.db"));
  database.exec("UPDATE chunk SET items = zeroblob(99)");
  database.close();
  const result = await (await scratch.open({ create: false })).audit();
  expect(result).toMatchObject({ ok: false, firstBad: { index: null, code: "VAULT_CORRUPT" } });
});

test("others get turns, and whoever aborts is heard", async () => {
  const { scratch, node } = await hospital();
  await takeIn(scratch, node, { ...berg, studyUid: "2.25.7", objects: 520 });
  const rooms = { ...node, journal: { read: () => undefined } };
  const look = async () => {
    for await (const loss of lossesIn(rooms)) return loss;
    return undefined;
  };
  const looking = await turnsDuring(look);
  expect(looking.result).toBeUndefined();
  expect(looking.turns).toBeGreaterThanOrEqual(3);
  const told = lossesIn(rooms, () => {
    throw new Error("stopped");
  });
  await expect(told.next()).rejects.toThrow("stopped");
});
