// Intakes that meet with operations: what is registered has its object, and what was destroyed stays gone.
import { readFileSync } from "node:fs";
import { sha256, toHex } from "@fiducial/core";
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
