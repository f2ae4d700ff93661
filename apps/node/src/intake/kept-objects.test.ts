// Objects that were taken and never registered: they go when the node is opened again, and only they.
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";
import { openIntake } from "./intake.ts";
import { keptObjects } from "./kept-objects.ts";
import { studyGatherer } from "./study-gatherer.ts";

test("what a stopped node took and never registered goes when it is opened again", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const known = scratch.file("known.dcm");
  await node.ingest([known]);
  expect(node.objects.unregistered()).toEqual([]);
  const intake = node.openIntake();
  for (const path of [known, scratch.file("left.dcm"), scratch.file("left-too.dcm")]) await intake.take({ path });
  expect([...node.objects.digests()]).toHaveLength(3);
  expect(node.objects.unregistered()).toHaveLength(3);

  // As it lies on the disk when the process is killed.
  const killed = join(scratch.folder, "killed");
  cpSync(scratch.data, killed, { recursive: true });
  const again = await scratch.open({ data: killed });
  expect([...again.objects.digests()]).toHaveLength(1);
  expect(again.objects.unregistered()).toEqual([]);
  expect(await again.audit()).toMatchObject({ ok: true });
  expect(await again.verify(known)).toMatchObject({ verdict: "identical" });
});

test("what the ledger refuses goes at once", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const refused = { code: "STUDY_FROZEN", message: "" };
  const intake = openIntake({
    pool: node.fingerprints,
    objectFolder: node.objects.folder,
    kept: keptObjects(node.objects, () => false),
    gatherer: () => studyGatherer(node.vault, node.logs),
    registered: () => {},
    registrar: { register: async () => ({ refused }) },
  });
  await intake.take({ path: scratch.file("one.dcm") });
  expect(await intake.settle()).toEqual([]);
  expect(intake.result()).toMatchObject({ instances: 0, refused: [refused] });
  expect([...node.objects.digests(), ...node.objects.unregistered()]).toEqual([]);
});

test("what the ledger refuses, or was never asked, goes although the vault had it already", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const submit = vi.spyOn(node.replica, "submit");
  submit.mockImplementationOnce(async ([statement]) => [
    { status: "refused", id: statement?.id ?? "", code: "LOG_SEALED", recordedAt: "" },
  ]);
  const { refused } = await node.ingest([scratch.file("one.dcm")]);
  expect(refused).toMatchObject([{ code: "LOG_SEALED" }]);
  expect([...node.objects.digests(), ...node.objects.unregistered()]).toEqual([]);

  submit.mockRejectedValueOnce(new Error("the process died"));
  const two = scratch.file("two.dcm");
  await expect(node.ingest([two])).rejects.toThrow("the process died");
  const again = await scratch.open();
  expect([...again.objects.digests(), ...again.objects.unregistered()]).toEqual([]);
  expect(await again.ingest([two])).toMatchObject({ instances: 1 });
  expect([...again.objects.digests()]).toHaveLength(1);
});

test("what one intake gives up stays as long as another has it", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const path = scratch.file("one.dcm");
  const [first, second] = [node.openIntake(), node.openIntake()];
  for (const intake of [first, second]) await intake.take({ path });
  await first.abandon();
  const [digest = ""] = [...node.objects.digests()];
  expect(existsSync(node.objects.pathOf(digest))).toBe(true);
  await second.settle();
  expect(second.result()).toMatchObject({ instances: 1 });
  expect(node.objects.unregistered()).toEqual([]);
  expect(existsSync(node.objects.pathOf(digest))).toBe(true);
});

test("a study that the vault had no room for once is taken when it has, and holds up no other", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const intake = node.openIntake();
  const other = { attributes: { StudyInstanceUID: "2.25.12" } };
  await intake.take({ path: scratch.file("other.dcm", other) });
  vi.spyOn(node.vault, "write").mockRejectedValueOnce(new Error("no room"));
  const path = scratch.file("one.dcm", { attributes: { StudyInstanceUID: "2.25.13" } });
  await expect(intake.take({ path })).rejects.toThrow("no room");
  await intake.take({ path });
  expect(await intake.settle()).toHaveLength(2);
  expect(intake.result()).toMatchObject({ instances: 2, refused: [] });
});
