import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseEntry } from "@fiducial/core";
import { describe, expect, test, vi } from "vitest";
import type { OpenNode } from "../compose.ts";
import { studies as studyList } from "../routes/imaging.ts";
import { berg, coe, hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { traces } from "../scratch/traces.ts";

const right = { issuer: "", patientId: coe.patientId };

describe("correcting whose study it is", () => {
  test("moves it, tells both sides and every scope that holds it, and freezes it until somebody else has checked", async () => {
    const { scratch, node, approvers, study, subject } = await hospital();
    const [dora, dan] = approvers;
    const { operations } = node;
    const trial = "ab".repeat(16);
    await node.vault.write((writer) => {
      const at = "2026-11-18T08:41:00.000Z";
      writer.recordHolder(study, { kind: "scope", where: "a trial", handle: trial, at });
      writer.recordHolder(study, { kind: "pacs", where: "archive", at });
      writer.recordHolder(study, { kind: "pacs", where: "archive", at });
    });
    const index = node.projection.imaging.study(study)?.index as number;
    await node.receipts.receipt(index);
    expect((await operations.planCorrection(study)).holders.map(({ kind }) => kind)).toEqual([
      "scope",
      "pacs",
      "pacs",
      "receipt",
    ]);

    const correction = await operations.correct(study, right, [dora]);
    expect(correction).toMatchObject({ study, scopes: 2 });
    expect(correction.holders).toHaveLength(4);
    const notified = said(node, correction.index + 1);
    expect(notified.map(({ kind, open }) => [kind, open["party"]])).toEqual([
      ["imaging.correction.notified", "subject-from"],
      ["imaging.correction.notified", "subject-to"],
      ["imaging.correction.notified", "holder"],
      ["imaging.correction.notified", "holder"],
    ]);
    expect(notified.map(({ open }) => open["scope"])).toContain(trial);
    const rightOne = operations.subjectOf(right);
    expect(JSON.stringify(said(node, correction.index))).not.toMatch(new RegExp(`${rightOne}|${subject}`));

    expect(node.vault.subjectOfStudy(study)).toBe(rightOne);
    expect(operations.patientOf(study)).toEqual(right);
    expect((await studyList(node, {})).studies.find((one) => one.study === study)?.patientId).toBe(coe.patientId);
    expect(node.receipts.notices(index)).toEqual(["STUDY_FROZEN"]);
    await expect(operations.correct(study, { issuer: "", patientId: berg.patientId }, [dora])).rejects.toMatchObject({
      code: "STUDY_FROZEN",
    });
    await expect(operations.completeCorrection(study, [dora])).rejects.toMatchObject({ code: "CORRECTION_OWN" });
    expect(await operations.completeCorrection(study, [dan])).toMatchObject({ findings: [] });
    expect(node.receipts.notices(index)).toEqual([]);

    // The objects as received name the wrong patient still: forgetting that one says so, and leaves the study, which is another's.
    const erasure = await operations.forget(subject, approvers);
    expect(erasure.survivors).toContainEqual({ kind: "corrected", where: study });
    expect(node.vault.subjectOfStudy(study)).toBe(rightOne);
    await operations.forget(rightOne, approvers);
    await scratch.close();
    expect(traces(scratch.data, ofBerg)).toEqual([]);
    expect((await (await scratch.open()).audit()).ok).toBe(true);
  });

  test("is refused for nobody's study, for the same patient, and without a role", async () => {
    const { node, approvers, study } = await hospital();
    const { correct } = node.operations;
    await expect(correct("00".repeat(16), right, approvers)).rejects.toMatchObject({ code: "STUDY_UNKNOWN" });
    const same = { issuer: "", patientId: berg.patientId };
    await expect(correct(study, same, approvers)).rejects.toMatchObject({ code: "PATIENT_SAME" });
    const [{ actor }] = approvers;
    await node.operations.members.withdraw(actor, "data-steward");
    await expect(correct(study, right, approvers)).rejects.toMatchObject({ code: "ROLE_MISSING" });
    expect(node.operations.patientOf(study)).toEqual(same);
    expect(existsSync(join(node.folder.path, "under-way.json"))).toBe(false);
    await expect(node.operations.completeCorrection(study, [approvers[1]])).rejects.toMatchObject({
      code: "NO_CORRECTION",
    });
  });

  // Before the study is moved; and after the first of the notices.
  test.each([
    ["write", 1],
    ["submit", 2],
  ] as const)("that a process died over at %s is finished when the folder is opened next", async (step, passes) => {
    const { scratch, node, approvers, study } = await hospital();
    failAfter(node, step, passes);
    const name = "Coe^Zoe";
    await expect(node.operations.correct(study, { ...right, name }, [approvers[0]])).rejects.toThrow(
      "the process died",
    );
    const again = await scratch.open();
    expect(again.vault.subjectOfStudy(study)).toBe(again.operations.subjectOf(right));
    const kinds = said(again, 0).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "imaging.correction.notified")).toHaveLength(2);
    expect(existsSync(join(scratch.data, "under-way.json"))).toBe(false);
    expect(await again.operations.completeCorrection(study, [approvers[1]])).toMatchObject({ findings: [] });
  });
});

function said({ store }: OpenNode, from: number) {
  return store.entries(from, store.head().edge.size).map((bytes) => parseEntry(bytes)!.statement.content);
}

function failAfter({ vault, replica }: OpenNode, step: "write" | "submit", passes: number): void {
  const [write, submit] = [vault.write, replica.submit];
  const spy = step === "write" ? vi.spyOn(vault, "write") : vi.spyOn(replica, "submit");
  for (let pass = 0; pass < passes; pass++) spy.mockImplementationOnce((step === "write" ? write : submit) as never);
  spy.mockRejectedValueOnce(new Error("the process died"));
}
