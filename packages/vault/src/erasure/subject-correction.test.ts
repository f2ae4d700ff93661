import { describe, expect, test } from "vitest";
import { keepStudy } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";

async function corrected() {
  const scratch = await scratchVault();
  const { vault } = scratch;
  const sample = await keepStudy(vault, { patientId: "wrong", size: 300 });
  const other = await keepStudy(vault, { patientId: "wrong" });
  const right = await vault.write((writer) => writer.subjectOf({ issuer: "", patientId: "right" }));
  await vault.write((writer) => writer.correctSubject(sample.study, sample.subject, right));
  return { ...scratch, sample, other, right, wrong: sample.subject };
}

describe("a study given to another subject", () => {
  test("is found under the right subject and reads as before; other studies stay", async () => {
    const { sample, other, right, wrong, reopen } = await corrected();
    const vault = await reopen();
    expect(vault.subjectOfStudy(sample.study)).toBe(right);
    expect(vault.findStudies({ patientId: "right" })).toEqual([{ study: sample.study, subject: right }]);
    expect(vault.findStudies({ patientId: "wrong" })).toEqual([{ study: other.study, subject: wrong }]);
    expect(vault.findStudies({ label: "studyUid", value: sample.studyUid })).toEqual([
      { study: sample.study, subject: right },
    ]);
    expect(vault.disclosures(sample.statement)).toEqual({ seed: sample.seed, disclosures: sample.disclosures });
    expect([...vault.manifest(sample.statement)]).toEqual(sample.items);
    expect(vault.manifestCommitments(sample.statement)).toHaveLength(300);
    expect(vault.header(sample.statement, 299)).toEqual(sample.headers[299]);
    expect(vault.holders(right).map(({ where }) => where)).toEqual(["archive"]);
    const [version] = vault.versionsOf({ sopInstanceUid: `${sample.studyUid}.0` });
    expect(version).toMatchObject({ statement: sample.statement, study: sample.study, subject: right });
  });

  test("forgetting the wrong subject takes what names them, and leaves the rest", async () => {
    const { vault, sample, wrong } = await corrected();
    const { subject: _named, ...others } = sample.disclosures;
    await vault.forget(wrong);
    expect(vault.disclosures(sample.statement)).toEqual({ disclosures: others });
    expect(vault.header(sample.statement, 0)).toBeUndefined();
    expect([...vault.manifest(sample.statement)]).toEqual(sample.items);
    expect(vault.holders(sample.study)).toHaveLength(1);
  });

  test("forgetting the right subject takes all of the study", async () => {
    const { vault, sample, other, right } = await corrected();
    expect((await vault.forget(right)).studies).toEqual([sample.study]);
    expect(vault.disclosures(sample.statement)).toBeUndefined();
    expect(vault.header(sample.statement, 0)).toBeUndefined();
    expect(vault.disclosures(other.statement)?.disclosures).toEqual(other.disclosures);
  });

  test("goes over whole when nothing is to stay", async () => {
    const { vault } = await scratchVault();
    const sample = await keepStudy(vault, { patientId: "wrong", size: 300 });
    const right = await vault.write((writer) => {
      const handle = writer.subjectOf({ issuer: "", patientId: "right" });
      writer.correctSubject(sample.study, sample.subject, handle, { fields: [], headers: false });
      return handle;
    });
    await vault.forget(sample.subject);
    expect(vault.disclosures(sample.statement)).toEqual({ seed: sample.seed, disclosures: sample.disclosures });
    expect(vault.header(sample.statement, 299)).toEqual(sample.headers[299]);
    expect(vault.subjectOfStudy(sample.study)).toBe(right);
  });

  test("and back again reads as before", async () => {
    const { vault, sample, right, wrong } = await corrected();
    await vault.write((writer) => writer.correctSubject(sample.study, right, wrong));
    expect(vault.disclosures(sample.statement)).toEqual({ seed: sample.seed, disclosures: sample.disclosures });
    await vault.forget(right);
    expect([...vault.manifest(sample.statement)]).toEqual(sample.items);
    expect(vault.header(sample.statement, 1)).toEqual(sample.headers[1]);
  });
});

test("a correction that fails changes nothing", async () => {
  const { vault } = await scratchVault();
  const sample = await keepStudy(vault, { patientId: "wrong" });
  const right = await vault.write((writer) => writer.subjectOf({ issuer: "", patientId: "right" }));
  const failing = vault.write((writer) => {
    writer.correctSubject(sample.study, sample.subject, right);
    writer.correctSubject(sample.study, sample.subject, right);
  });
  await expect(failing).rejects.toMatchObject({ code: "STUDY_OF_ANOTHER_SUBJECT" });
  expect(vault.subjectOfStudy(sample.study)).toBe(sample.subject);
  expect(vault.disclosures(sample.statement)?.disclosures).toEqual(sample.disclosures);
});
