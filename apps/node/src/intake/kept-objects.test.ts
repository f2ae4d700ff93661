// Objects that were taken and never registered: they go when the node is opened again, and only they.
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
    kept: keptObjects(node.objects, node.vault),
    gatherer: () => studyGatherer(node.vault, node.logs),
    registrar: { register: async () => ({ refused }) },
  });
  await intake.take({ path: scratch.file("one.dcm") });
  expect(await intake.settle()).toEqual([]);
  expect(intake.result()).toMatchObject({ instances: 0, refused: [refused] });
  expect([...node.objects.digests(), ...node.objects.unregistered()]).toEqual([]);
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
