import { nobleBackend, verifySignature } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tamper, valuesOnDisk } from "../../scratch/disk.ts";
import { keepStudy } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";

describe("subjects", () => {
  test("a patient is one subject, whenever asked for, and across openings", async () => {
    const { vault, reopen } = await scratchVault();
    const patient = { issuer: "North", patientId: "4711" };
    const first = await vault.write((writer) => writer.subjectOf(patient));
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(await vault.write((writer) => writer.subjectOf(patient))).toBe(first);
    expect(vault.findSubject(patient)).toBe(first);
    expect((await reopen()).findSubject(patient)).toBe(first);
  });

  test("different patients are different subjects, also when issuer and id read alike when run together", async () => {
    const { vault } = await scratchVault();
    const identity = fc.record({ issuer: fc.string({ maxLength: 3 }), patientId: fc.string({ maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(identity, { minLength: 2, maxLength: 4, selector: (who) => JSON.stringify(who) }),
        async (patients) => {
          const handles = await vault.write((writer) => patients.map((patient) => writer.subjectOf(patient)));
          expect(new Set(handles).size).toBe(patients.length);
        },
      ),
      { numRuns: 50 },
    );
    const [ab, a] = await vault.write((writer) => [
      writer.subjectOf({ issuer: "a", patientId: "b" }),
      writer.subjectOf({ issuer: "", patientId: "ab" }),
    ]);
    expect(ab).not.toBe(a);
  });

  test("the same id given by two issuers is two subjects, both found by the id alone", async () => {
    const { vault } = await scratchVault();
    const north = await keepStudy(vault, { patientId: "1", issuer: "North" });
    const south = await keepStudy(vault, { patientId: "1", issuer: "South" });
    expect(north.subject).not.toBe(south.subject);
    expect(vault.findStudies({ patientId: "1" }).map(({ study }) => study)).toEqual([north.study, south.study]);
    expect(vault.findStudies({ patientId: "1", issuer: "South" })).toEqual([
      { study: south.study, subject: south.subject },
    ]);
    expect(vault.findStudies({ patientId: "1", issuer: "" })).toEqual([]);
  });

  test("a study without patient id has a subject of its own", async () => {
    const { vault } = await scratchVault();
    const [one, again, other] = await vault.write((writer) => [
      writer.anonymousSubject("1.2.3"),
      writer.anonymousSubject("1.2.3"),
      writer.anonymousSubject("1.2.4"),
    ]);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test("subjects of different sorts never meet, whatever they are called", async () => {
    const { vault } = await scratchVault();
    const handles = await vault.write((writer) => [
      writer.subjectOf({ issuer: "x", patientId: "x" }),
      writer.anonymousSubject("x"),
      writer.actorSubject("x"),
      writer.organizationSubject(),
    ]);
    expect(new Set(handles).size).toBe(4);
  });

  test("a subject that is not there is not written about", async () => {
    const { vault } = await scratchVault();
    const nobody = "0".repeat(32);
    await expect(vault.write((writer) => writer.putName(nobody, {}))).rejects.toMatchObject({
      code: "SUBJECT_FORGOTTEN",
    });
    await expect(vault.write((writer) => writer.studyOf("1.2", nobody))).rejects.toMatchObject({
      code: "SUBJECT_FORGOTTEN",
    });
    expect(vault.nameOf(nobody)).toBeUndefined();
    expect(() => vault.nameOf("no handle")).toThrow(expect.objectContaining({ code: "VALUE_MALFORMED" }));
  });

  test("a patient's identity cannot be led to another subject by whoever can only write to the file", async () => {
    const { vault, path, reopen } = await scratchVault();
    const a = await keepStudy(vault, { patientId: "A" });
    await keepStudy(vault, { patientId: "B" });
    await vault.close();
    tamper(path, "UPDATE OR REPLACE identity SET subject = 3 - subject");
    const changed = await reopen();
    expect(() => changed.findSubject({ issuer: "", patientId: "A" })).toThrow(
      expect.objectContaining({ code: "VAULT_CORRUPT" }),
    );
    expect(changed.subjectOfStudy(a.study)).toBe(a.subject);
  });
});

describe("names", () => {
  test("an actor's name is kept, replaced, and forgotten without any other", async () => {
    const { vault, path } = await scratchVault();
    await vault.write((writer) => {
      writer.putActor("a1", { name: "Dr. Anna Berg" });
      writer.putActor("b2", { name: "Ben Coe" });
      writer.putActor("a1", { name: "Dr. Anna Berg-Lund" });
    });
    expect(vault.actorName("a1")).toEqual({ name: "Dr. Anna Berg-Lund" });
    expect(vault.actorName("c3")).toBeUndefined();
    await vault.forget(vault.findActorSubject("a1") as string);
    expect(vault.actorName("a1")).toBeUndefined();
    expect(vault.actorName("b2")).toEqual({ name: "Ben Coe" });
    expect(valuesOnDisk(path).filter(({ value }) => value.includes("Coe"))).toEqual([]);
  });

  test("a patient's name is kept", async () => {
    const { vault } = await scratchVault();
    const subject = await vault.write((writer) => {
      const handle = writer.subjectOf({ issuer: "", patientId: "1" });
      writer.putName(handle, { family: "Öztürk", given: "Ayşe" });
      return handle;
    });
    expect(vault.nameOf(subject)).toEqual({ family: "Öztürk", given: "Ayşe" });
  });
});

describe("a patient's signing keys", () => {
  test("are one for each scope, the same whenever asked for, and forgotten with the patient", async () => {
    const { vault, reopen } = await scratchVault();
    const message = Uint8Array.of(1, 2, 3);
    const { subject, inLog, inTrial } = await vault.write((writer) => {
      const handle = writer.subjectOf({ issuer: "", patientId: "1" });
      return {
        subject: handle,
        inLog: writer.scopeKey(handle, "log"),
        inTrial: writer.scopeKey(handle, "trial", "P-256"),
      };
    });
    expect(inTrial.algorithm).toBe("P-256");
    expect(await vault.write((writer) => writer.scopeKey(subject, "log"))).toEqual(inLog);
    const reopened = await reopen();
    for (const [scope, key] of Object.entries({ log: inLog, trial: inTrial })) {
      const signature = reopened.scopeSigner(subject, scope)?.sign(message) as Uint8Array;
      expect(verifySignature(nobleBackend, key, message, signature)).toBe(true);
    }
    expect(reopened.scopeSigner(subject, "elsewhere")).toBeUndefined();
    await reopened.forget(subject);
    expect(reopened.scopeSigner(subject, "log")).toBeUndefined();
  });
});
