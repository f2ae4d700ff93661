// Intakes that meet with operations: what is registered has its object, and what was destroyed stays gone.
import { readFileSync } from "node:fs";
import { parseEntry, sha256, toHex } from "@fiducial/core";
import { expect, test, vi } from "vitest";
import { berg, hospital } from "../scratch/scratch-hospital.ts";

const ofBerg = {
  attributes: { PatientID: berg.patientId, PatientName: berg.patientName, StudyInstanceUID: "2.25.99" },
};
const digestOf = (path: string) => toHex(sha256(readFileSync(path)));

test("an object that one intake gives up with its forgotten patient stays for another that took it afterwards", async () => {
  const { scratch, node, approvers, subject } = await hospital();
  const path = scratch.file("one.dcm", ofBerg);
  const [before, after] = [node.openIntake(), node.openIntake()];
  await before.take({ path });
  await node.operations.forget(subject, approvers);
  await after.take({ path });
  expect(await before.settle()).toEqual([]);
  expect(node.objects.has(digestOf(path))).toBe(true);
  await after.settle();
  expect(after.result()).toMatchObject({ instances: 1 });
  expect(node.objects.has(digestOf(path))).toBe(true);
  expect(node.objects.unregistered()).toEqual([]);
});

test("an object that is taken again while its study is destroyed goes with it", async () => {
  const { scratch, node, approvers } = await hospital();
  const path = scratch.file("one.dcm", ofBerg);
  const { studies } = await node.ingest([path]);
  const intake = node.openIntake();
  const { forget } = node.vault;
  vi.spyOn(node.vault, "forget").mockImplementationOnce(async (...handles) => {
    await intake.take({ path });
    return forget(...handles);
  });
  await node.operations.destroy([studies[0]?.study ?? ""], "rejected", approvers);
  expect(await intake.settle()).toEqual([]);
  expect(intake.result()).toMatchObject({ known: 0, refused: [{ file: path, code: "STUDY_UNKNOWN" }] });
  expect(node.objects.has(digestOf(path))).toBe(false);
  expect(node.objects.unregistered()).toEqual([]);
});

test("an object that was taken again is not said to be known when its study was destroyed meanwhile", async () => {
  const { scratch, node, approvers } = await hospital();
  const path = scratch.file("one.dcm", ofBerg);
  const { studies } = await node.ingest([path]);
  const intake = node.openIntake();
  await intake.take({ path });
  await node.operations.destroy([studies[0]?.study ?? ""], "rejected", approvers);
  expect(await intake.settle()).toEqual([]);
  expect(intake.result()).toMatchObject({ known: 0, refused: [{ file: path, code: "STUDY_UNKNOWN" }] });
});

test("objects that two intakes took at the same time are registered once, whoever settles first", async () => {
  const { scratch, node } = await hospital();
  const paths = ["one", "two", "three"].map((name) => scratch.file(`${name}.dcm`, ofBerg));
  const [first, second] = [node.openIntake(), node.openIntake()];
  for (const path of paths.slice(0, 2)) await first.take({ path });
  for (const path of paths.slice(1)) await second.take({ path });
  const [registered] = await first.settle();
  const [extended] = await second.settle();
  expect(first.result()).toMatchObject({ instances: 2, known: 0 });
  expect(second.result()).toMatchObject({ instances: 1, known: 1 });
  expect(extended?.study).toBe(registered?.study);
  for (const path of paths) {
    const versions = node.vault.versionsOf({ file: digestOf(path) });
    expect(versions).toHaveLength(1);
    const { statement = "" } = versions[0] ?? {};
    const entry = parseEntry(node.store.entry(node.store.indexOf(statement) ?? -1) as Uint8Array);
    expect(entry?.statement.content.open["instances"]).toBe(statement === registered?.statementId ? 2 : 1);
    // The header that belongs to the item, not another's.
    expect(await node.verify(path)).toMatchObject({ verdict: "identical" });
  }
  const third = node.openIntake();
  for (const path of paths) await third.take({ path });
  expect(await third.settle()).toMatchObject([{ instances: 0, known: 3 }]);
});

test("what another intake registered meanwhile is known, when nothing else is left to register", async () => {
  const { scratch, node } = await hospital();
  const path = scratch.file("one.dcm", ofBerg);
  const [first, second] = [node.openIntake(), node.openIntake()];
  await Promise.all([first.take({ path }), second.take({ path })]);
  const settled = await Promise.all([first.settle(), second.settle()]);
  expect(settled.map(([study]) => study?.instances)).toEqual([1, 0]);
  expect(settled[1]?.[0]?.statementId).toBe(settled[0]?.[0]?.statementId);
  expect(node.vault.versionsOf({ file: digestOf(path) })).toHaveLength(1);
});
