import { expect, test } from "vitest";
import { tamper } from "../../scratch/disk.ts";
import { keepStudy } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";

const holder = { kind: "scope", where: "trial North-2", at: "2026-03-04T05:06:07Z", handle: "ab".repeat(16) } as const;

test("a study has one handle, found again by its UID and by every label it was ever given", async () => {
  const { vault } = await scratchVault();
  const { subject, first, again } = await vault.write((writer) => {
    const handle = writer.subjectOf({ issuer: "", patientId: "1" });
    return {
      subject: handle,
      first: writer.studyOf("1.2.3", handle, { accession: "A1" }),
      again: writer.studyOf("1.2.3", handle, { accession: "A2", requestedProcedure: "R1" }),
    };
  });
  expect(first.isNew).toBe(true);
  expect(again).toEqual({ handle: first.handle, isNew: false });
  const found = [{ study: first.handle, subject }];
  for (const [label, value] of [
    ["studyUid", "1.2.3"],
    ["accession", "A1"],
    ["accession", "A2"],
    ["requestedProcedure", "R1"],
  ] as const) {
    expect(vault.findStudies({ label, value })).toEqual(found);
  }
  expect(vault.findStudies({ label: "requestedProcedure", value: "A1" })).toEqual([]);
  expect(vault.studiesOf(subject)).toEqual([first.handle]);
  expect(vault.subjectOfStudy(first.handle)).toBe(subject);
});

test("one UID under two subjects is two studies, and a search shows both", async () => {
  const { vault } = await scratchVault();
  const a = await keepStudy(vault, { patientId: "A", studyUid: "1.2.3" });
  const b = await keepStudy(vault, { patientId: "B", studyUid: "1.2.3" });
  expect(a.study).not.toBe(b.study);
  expect(vault.findStudies({ label: "studyUid", value: "1.2.3" })).toHaveLength(2);
});

test("holders of a study are those of its subject too, and a subject may have its own", async () => {
  const { vault } = await scratchVault();
  const { study, subject } = await keepStudy(vault, { patientId: "1" });
  const receipt = { kind: "receipt", where: "Patient's phone", at: "2026-03-04T05:06:07Z" } as const;
  await vault.write((writer) => {
    writer.recordHolder(study, holder);
    writer.recordHolder(subject, receipt);
  });
  const pacs = { kind: "pacs", where: "archive", at: "2026-01-02T03:04:05Z" };
  expect(vault.holders(study)).toEqual([
    { ...pacs, study },
    { ...holder, study },
  ]);
  expect(vault.holders(subject)).toEqual([receipt, { ...pacs, study }, { ...holder, study }]);
  expect(vault.holders("0".repeat(32))).toEqual([]);
});

test("a holder of no known kind is refused", async () => {
  const { vault } = await scratchVault();
  const { study } = await keepStudy(vault, { patientId: "1" });
  const stranger = { ...holder, kind: "friend" } as never;
  await expect(vault.write((writer) => writer.recordHolder(study, stranger))).rejects.toMatchObject({
    code: "VALUE_MALFORMED",
  });
});

test("rows led elsewhere on disk are noticed: a label, a study's subject, a holder", async () => {
  const changes = {
    label: "UPDATE OR REPLACE label SET study = 3 - study",
    study: "UPDATE study SET subject = 3 - subject",
    holder: "UPDATE holder SET study = 3 - study",
  };
  for (const [table, sql] of Object.entries(changes)) {
    const { vault, path, reopen } = await scratchVault();
    const a = await keepStudy(vault, { patientId: "A", studyUid: "1.2.3" });
    await keepStudy(vault, { patientId: "B" });
    await vault.close();
    tamper(path, sql);
    const changed = await reopen();
    const read = () => [changed.findStudies({ label: "studyUid", value: "1.2.3" }), changed.holders(a.study)];
    expect(read, table).toThrow(expect.objectContaining({ code: "VAULT_CORRUPT" }));
  }
});
