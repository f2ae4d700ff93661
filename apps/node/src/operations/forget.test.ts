import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nobleBackend, parseReceipt, parseTrustPolicy, verifyReceipt } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { berg, coe, hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { member, takeIn } from "../scratch/scratch-node.ts";
import { traces } from "../scratch/traces.ts";

const stands = (node: OpenNode, receipt: string) =>
  verifyReceipt(parseReceipt(receipt), parseTrustPolicy(node.policy()), nobleBackend).ok;

describe("forgetting a patient", () => {
  test("leaves nothing of the patient in the data folder; everything else still verifies", async () => {
    const { scratch, node, approvers, study, other, subject } = await hospital();
    const receipt = await node.receipts.receipt(node.projection.imaging.study(study)?.index as number, [
      { item: 0, attributes: true },
    ]);
    const otherReceipt = await node.receipts.receipt(node.projection.imaging.study(other)?.index as number);
    await node.vault.write((writer) =>
      writer.recordHolder(study, { kind: "pacs", where: "archive", at: "2026-11-18T08:41:00.000Z" }),
    );
    const before = traces(scratch.data, ofBerg);
    expect(before.length).toBeGreaterThan(0);

    const plan = await node.operations.planForgetting(subject);
    expect(plan.studies).toEqual([{ study, objects: 3, bytes: expect.any(Number), holds: 0, retainUntil: null }]);
    expect(plan.survivors.map(({ kind }) => kind).sort()).toEqual(["pacs", "receipt"]);
    const erasure = await node.operations.forget(subject, approvers);
    expect(erasure.counts).toEqual({ receipts: 1, backups: 0, copies: 1 });
    expect(traces(scratch.data, ofBerg)).toEqual([]);
    await scratch.close();
    expect(traces(scratch.data, ofBerg)).toEqual([]);
    expect(traces(scratch.keys, ofBerg)).toEqual([]);

    const again = await scratch.open();
    expect((await again.audit()).ok).toBe(true);
    expect([receipt, otherReceipt].map((text) => stands(again, text))).toEqual([true, true]);
    for (const criterion of [
      { patientId: berg.patientId },
      { label: "accession", value: berg.accession },
      { label: "studyUid", value: berg.studyUid },
    ])
      expect(again.vault.findStudies(criterion)).toEqual([]);
    expect(again.vault.findStudies({ patientId: coe.patientId })).toHaveLength(1);
    expect([...again.objects.digests()]).toHaveLength(coe.objects);
    expect(() => again.operations.subjectOf({ patientId: berg.patientId })).toThrow(
      expect.objectContaining({ code: "SUBJECT_UNKNOWN" }),
    );
    const executed = again.store.indexOf(erasure.execution ?? "");
    expect(again.store.entry(executed ?? -1)).toBeDefined();
  });

  test("is refused with the ledger's code, and destroys nothing, when something keeps a study or approvers are too few", async () => {
    const { node, approvers, study, other, subject } = await hospital();
    const kept = () => [[...node.objects.digests()].length, node.vault.studiesOf(subject).length];
    const before = kept();
    await expect(node.operations.forget(subject, [approvers[0]])).rejects.toMatchObject({ code: "APPROVALS_TOO_FEW" });
    await expect(node.operations.forget(subject, [approvers[0], approvers[0]])).rejects.toMatchObject({
      code: "APPROVALS_TOO_FEW",
    });
    await expect(node.operations.forget(subject, [])).rejects.toMatchObject({ code: "APPROVALS_TOO_FEW" });
    const { hold } = await node.operations.placeHold({ studies: [study, other], reason: "legal" }, approvers);
    await expect(node.operations.forget(subject, approvers)).rejects.toMatchObject({ code: "STUDY_HELD" });
    await node.operations.releaseHold({ study, hold }, approvers);
    await node.operations.setRetention({ study, until: "2099-01-01T00:00:00.000Z" }, approvers);
    await expect(node.operations.forget(subject, approvers)).rejects.toMatchObject({ code: "RETENTION_RUNNING" });
    expect(kept()).toEqual(before);
    expect((await node.operations.planForgetting(subject)).studies[0]).toMatchObject({
      holds: 0,
      retainUntil: "2099-01-01T00:00:00.000Z",
    });
    const organization = await node.vault.write((writer) => writer.organizationSubject());
    for (const nobody of ["00".repeat(16), organization])
      await expect(node.operations.forget(nobody, approvers)).rejects.toMatchObject({ code: "SUBJECT_UNKNOWN" });

    // The same id, given by two issuers.
    await node.vault.write((writer) => {
      const namesake = writer.subjectOf({ issuer: "north", patientId: berg.patientId });
      writer.studyOf("2.25.99", namesake);
    });
    const { subjectOf } = node.operations;
    expect(() => subjectOf({ patientId: berg.patientId })).toThrow(
      expect.objectContaining({ code: "SUBJECT_AMBIGUOUS" }),
    );
    expect(subjectOf({ patientId: berg.patientId, issuer: "north" })).not.toBe(subject);
  });

  test("lets the patient come back as somebody new; a member's name goes the same way, the signatures stay", async () => {
    const { scratch, node, approvers, study, subject: patient } = await hospital();
    await node.operations.forget(patient, approvers);
    expect(await takeIn(scratch, node, berg)).not.toBe(study);
    expect(node.operations.subjectOf({ patientId: berg.patientId })).not.toBe(patient);

    const { actor } = await member(scratch, node, "Nightingale");
    const subject = node.vault.findActorSubject(actor) ?? "";
    rmSync(join(scratch.folder, "Nightingale.key"));
    await node.operations.forget(subject, approvers);
    expect((await node.operations.members.list({ names: true })).at(-1)).not.toHaveProperty("name");
    expect(traces(scratch.data, ["Nightingale"])).toEqual([]);
    expect((await node.audit()).ok).toBe(true);
  });

  test("objects that were received and never registered go too", async () => {
    const { scratch, node, approvers, subject } = await hospital();
    const stray = scratch.file("stray.dcm", { attributes: { PatientID: berg.patientId, PatientName: "Bergström^A" } });
    await node.fingerprints.run(stray, { folder: node.objects.folder, received: false });
    expect([...node.objects.digests()]).toHaveLength(7);
    await node.operations.forget(subject, approvers);
    expect([...node.objects.digests()]).toHaveLength(3);
  });
});

describe("an erasure on record", () => {
  test("is applied again to a vault and objects from before, before the node answers", async () => {
    const { scratch, node, approvers, subject } = await hospital();
    await scratch.close();
    const old = join(scratch.folder, "old.db");
    copyFileSync(join(scratch.data, "vault.db"), old);
    const objects = filesOf(join(scratch.data, "objects"));
    const reopened = await scratch.open();
    await reopened.operations.forget(subject, approvers);
    await scratch.close();
    expect(traces(scratch.data, ofBerg)).toEqual([]);

    copyFileSync(old, join(scratch.data, "vault.db"));
    for (const [path, bytes] of objects) writeFileSync(path, bytes);
    expect(traces(scratch.data, ofBerg)).not.toEqual([]);
    const restored = await scratch.open();
    expect(restored.vault.studiesOf(subject)).toEqual([]);
    expect(traces(scratch.data, ofBerg)).toEqual([]);
    expect(restored.vault.findStudies({ patientId: coe.patientId })).toHaveLength(1);
    expect([...restored.objects.digests()]).toHaveLength(coe.objects);
    expect(node.identity).toEqual(restored.identity);

    writeFileSync(join(scratch.keys, "erasures.json"), "{}");
    await expect(scratch.open()).rejects.toMatchObject({ code: "KEYS_MISSING" });
  });
});

function filesOf(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(".dcm"))
    .map((path) => [path, readFileSync(path)]);
}
