// Objects go from here only when the PACS was seen to hold them, and nobody needs them here meanwhile: a backup, a reader, an intake.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openNode } from "../compose.ts";
import { restore } from "../operations/restore.ts";
import { behind, bytesOf } from "../scratch/node-before-pacs.ts";
import { member, scratchNode } from "../scratch/scratch-node.ts";
import { soon } from "../scratch/scratch-server.ts";
import { registeredUnder } from "../verification/verify-files.ts";

test("what the PACS holds goes from here, and is not lost", async () => {
  const { pacs, node, take, sweep, here, row } = await behind();
  const objects = ["1", "2", "3"].map((object) => bytesOf(object));
  const digests = await take(...objects);
  for (const bytes of objects) await pacs.store(bytes);
  await sweep();
  expect(here()).toEqual([]);
  expect(digests.map(node.objects.isReleased)).toEqual([true, true, true]);
  expect(row()).toMatchObject({ state: "works", releases: { waiting: 0, altered: 0, kept: 0 }, refused: 0 });
  expect(pacs.lastHeaders().accept).toBe('multipart/related; type="application/dicom"; transfer-syntax=*');
  expect(await node.audit()).toMatchObject({ ok: true });
  expect(readdirSync(join(node.objects.folder, "incoming"))).toEqual([]);
  const [study = ""] = node.vault.findStudies({ patientId: "P1" }).map((found) => found.study);
  expect(node.vault.holders(study)).toMatchObject([{ kind: "pacs", where: new URL(pacs.url).host }]);
});

test("while the PACS is down all stays, which is told; when it is back, it goes on by itself", async () => {
  const { pacs, take, sweep, here, row } = await behind();
  await take(bytesOf("1"), bytesOf("2"));
  for (const object of ["1", "2"]) await pacs.store(bytesOf(object));
  await pacs.stop();
  await sweep();
  expect(here()).toHaveLength(2);
  expect(row()).toMatchObject({
    state: "failed",
    lastError: { code: "PACS_UNREACHABLE" },
    releases: { waiting: 2, altered: 0, kept: 0 },
  });
  await pacs.start();
  await sweep();
  expect(here()).toEqual([]);
  expect(row()).toMatchObject({ state: "works", releases: { waiting: 0 } });
});

test("what comes again after it was released is held against the PACS again, and never gone unseen", async () => {
  const { pacs, node, take, sweep, here } = await behind();
  const [digest = ""] = await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  await sweep();
  pacs.clear();
  expect(await take(bytesOf("1"))).toEqual([digest]);
  expect(node.objects.isReleased(digest)).toBe(false);
  await sweep();
  expect(here()).toEqual([digest]);
  await pacs.store(bytesOf("1"));
  await sweep();
  expect([here(), node.objects.isReleased(digest)]).toEqual([[], true]);
});

test("a mark from before says nothing of bytes that are here: they are asked for before they go", async () => {
  const scratch = scratchNode();
  const first = await behind({}, scratch);
  const [digest = ""] = await first.take(bytesOf("1"));
  // Killed after the mark, before the bytes went.
  const bytes = readFileSync(first.node.objects.pathOf(digest));
  first.node.objects.release([digest]);
  writeFileSync(first.node.objects.pathOf(digest), bytes);
  const second = await behind({}, scratch);
  await second.sweep();
  expect(second.here()).toEqual([digest]);
  expect(second.pacs.asked.some((path) => path.includes("/instances/"))).toBe(true);
  await second.pacs.store(bytesOf("1"));
  await second.sweep();
  expect([second.here(), second.node.objects.isReleased(digest)]).toEqual([[], true]);
});

test("what is not registered stays, whatever the PACS has", async () => {
  const { scratch, pacs, node, sweep, here } = await behind();
  const path = join(scratch.folder, "waiting.dcm");
  writeFileSync(path, bytesOf("1"));
  const intake = node.openIntake();
  await intake.take({ path });
  await pacs.store(bytesOf("1"));
  await sweep();
  expect(here()).toHaveLength(1);
  expect(pacs.asked.filter((asked) => asked.includes("/instances/"))).toEqual([]);
  await intake.settle();
  await sweep();
  expect(here()).toEqual([]);
});

test("what went is no loss to a backup, which knows that it went", async () => {
  const { scratch, pacs, node, take, sweep } = await behind();
  const [digest = ""] = await take(bytesOf("1"));
  await take(bytesOf("2"));
  const where = join(scratch.folder, "backup");
  expect(await node.operations.backUp(where)).toMatchObject({ objects: 2, damaged: [] });
  await pacs.store(bytesOf("1"));
  await sweep();
  expect(await node.operations.backUp(where)).toMatchObject({ objects: 1, damaged: [] });
  await scratch.close();
  const data = join(scratch.folder, "restored");
  expect(await restore(where, { data, keys: scratch.keys })).toMatchObject({ keys: "whole", damaged: [] });
  const restored = await openNode({ data, keys: scratch.keys, threads: 1 });
  onTestFinished(() => restored.close());
  expect(restored.objects.isReleased(digest)).toBe(true);
  expect(await restored.audit()).toMatchObject({ ok: true });
});

test("nothing goes while a backup is under way", async () => {
  const { scratch, pacs, node, clock, take, here } = await behind();
  await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  const copied = Promise.withResolvers<void>();
  const backUpReleased = vi.spyOn(node.objects, "backUpReleased").mockReturnValue(copied.promise);
  const backup = node.operations.backUp(join(scratch.folder, "backup"));
  await soon(() => expect(backUpReleased).toHaveBeenCalled());
  const releasing = node.startReleasing(clock);
  onTestFinished(() => releasing?.close());
  await soon(() => expect(pacs.asked.some((path) => path.includes("/instances/"))).toBe(true));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(here()).toHaveLength(1);
  copied.resolve();
  expect(await backup).toMatchObject({ objects: 1, damaged: [] });
  await soon(() => expect(here()).toEqual([]));
});

test("nothing goes while somebody reads it", async () => {
  const { pacs, node, take, sweep, here } = await behind();
  const [digest = ""] = await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  const version = await registeredUnder(node.vault, node.logs, digest);
  const file = await node.objectReader.open(version as NonNullable<typeof version>);
  await sweep();
  expect(here()).toEqual([digest]);
  file.letGo();
  await sweep();
  expect(here()).toEqual([]);
});

test("who destroys what went is told that the PACS has it, and nothing of it stays here", async () => {
  const { scratch, pacs, node, take, sweep } = await behind();
  const [digest = ""] = await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  await sweep();
  const approvers = [
    await member(scratch, node, "dora", "data-steward"),
    await member(scratch, node, "dan", "data-steward"),
  ];
  const [study = ""] = node.vault.findStudies({ patientId: "P1" }).map((found) => found.study);
  const { survivors } = await node.operations.planDestruction([study]);
  expect(survivors).toContainEqual(expect.objectContaining({ kind: "pacs", where: new URL(pacs.url).host }));
  await node.operations.destroy([study], "entered-in-error", approvers);
  expect([node.objects.isReleased(digest), await node.audit()]).toMatchObject([false, { ok: true }]);
});

test("a PACS that says nothing more is told as one that does not answer, and nothing goes", async () => {
  const { pacs, take, sweep, here, row } = await behind();
  await take(bytesOf("1"));
  pacs.instead = (request) => request.url?.includes("/instances/") === true;
  await sweep();
  expect(here()).toHaveLength(1);
  expect(row()).toMatchObject({ state: "failed", lastError: { code: "PACS_UNREACHABLE" } });
});
