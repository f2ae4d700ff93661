import { copyFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { remnants, tamper, valuesOnDisk } from "../../scratch/disk.ts";
import { keepStudy, randomStatement } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";

const patientA = { issuer: "", patientId: "A" };

describe("forgetting", () => {
  test("a forgotten subject leaves nothing: no row, no byte in the files; others keep everything", async () => {
    const { vault, path, reopen } = await scratchVault();
    const b = await keepStudy(vault, { patientId: "B", size: 300 });
    const before = valuesOnDisk(path).map(({ value }) => value);
    const a = await keepStudy(vault, { patientId: "A", size: 300 });
    await vault.write((writer) => {
      writer.putName(a.subject, { family: "Berg" });
      writer.scopeKey(a.subject, "trial");
      writer.recordHolder(a.subject, { kind: "backup", where: "tape 7", at: "2026-01-02T03:04:05Z" });
    });
    const known = new Set(before.map((value) => value.toString("hex")));
    const ofA = valuesOnDisk(path).filter(({ value }) => !known.has(value.toString("hex")));
    const columns = new Set(ofA.map(({ column }) => column));
    expect([...columns].sort()).toEqual([...columnsOfSubjects].sort());

    const forgotten = await vault.forget(a.subject);
    expect(forgotten.studies).toEqual([a.study]);
    expect(forgotten.holders.map(({ where, study }) => [where, study])).toEqual([
      ["tape 7", undefined],
      ["archive", a.study],
    ]);
    expect(forgotten.rows).toBeGreaterThan(600);
    expect(
      remnants(
        path,
        ofA.map(({ value }) => value),
      ),
    ).toEqual([]);
    expect(remnants(path, before)).toHaveLength(before.length);

    const reopened = await reopen();
    expect(reopened.findSubject(patientA)).toBeUndefined();
    expect(reopened.findStudies({ patientId: "A" })).toEqual([]);
    expect(reopened.findStudies({ label: "studyUid", value: a.studyUid })).toEqual([]);
    expect(reopened.subjectOfStudy(a.study)).toBeUndefined();
    expect(reopened.disclosures(a.statement)).toBeUndefined();
    expect(reopened.versionsOf({ sopInstanceUid: `${a.studyUid}.0` })).toEqual([]);
    expect(reopened.disclosures(b.statement)?.disclosures).toEqual(b.disclosures);
    expect([...reopened.manifest(b.statement)]).toEqual(b.items);
    expect(reopened.header(b.statement, 299)).toEqual(b.headers[299]);
  });

  test("forgetting twice, or what never was, does nothing", async () => {
    const { vault } = await scratchVault();
    const { subject } = await keepStudy(vault, { patientId: "A" });
    await vault.forget(subject);
    const nothing = { rows: 0, studies: [], holders: [] };
    expect(await vault.forget(subject)).toEqual(nothing);
    expect(await vault.forget()).toEqual(nothing);
    await expect(vault.forget("A")).rejects.toMatchObject({ code: "VALUE_MALFORMED" });
  });

  test("the patient who comes back is somebody new", async () => {
    const { vault } = await scratchVault();
    const { subject, study } = await keepStudy(vault, { patientId: "A", studyUid: "1.2" });
    await vault.forget(subject);
    const again = await keepStudy(vault, { patientId: "A", studyUid: "1.2" });
    expect(again.subject).not.toBe(subject);
    expect(again.study).not.toBe(study);
  });

  test("a study can be forgotten without its subject", async () => {
    const { vault, path } = await scratchVault();
    const kept = await keepStudy(vault, { patientId: "A" });
    const before = new Set(valuesOnDisk(path).map(({ value }) => value.toString("hex")));
    const gone = await keepStudy(vault, { patientId: "A" });
    const ofGone = valuesOnDisk(path).filter(({ value }) => !before.has(value.toString("hex")));
    expect(await vault.forget(gone.study)).toMatchObject({ studies: [gone.study], holders: [{ where: "archive" }] });
    expect(
      remnants(
        path,
        ofGone.map(({ value }) => value),
      ),
    ).toEqual([]);
    expect(vault.studiesOf(kept.subject)).toEqual([kept.study]);
    expect(vault.disclosures(gone.statement)).toBeUndefined();
    expect(vault.disclosures(kept.statement)?.disclosures).toEqual(kept.disclosures);
  });

  test("what was being collected for a forgotten subject is gone too", async () => {
    const { vault } = await scratchVault();
    const { subject } = await keepStudy(vault, { patientId: "A" });
    const headers = vault.collectHeaders(subject);
    for (let place = 0; place < 256; place++) await headers.add(Uint8Array.of(1, 2, 3));
    await vault.forget(subject);
    await expect(
      vault.write((writer) => writer.keep({ statement: randomStatement(), subject, headers })),
    ).rejects.toMatchObject({
      code: "SUBJECT_FORGOTTEN",
    });
  });

  test("a subject that is damaged can be forgotten all the same", async () => {
    const { vault, path, reopen } = await scratchVault();
    const { subject } = await keepStudy(vault, { patientId: "A" });
    await vault.close();
    tamper(path, "UPDATE subject SET key = zeroblob(76)");
    const damaged = await reopen();
    expect((await damaged.forget(subject)).rows).toBeGreaterThan(5);
    expect(valuesOnDisk(path).map(({ column }) => column)).toEqual(["meta.value"]);
  });

  test("writing waits while the file is rewritten, and reading does not", async () => {
    const { vault } = await scratchVault();
    const a = await keepStudy(vault, { patientId: "A", size: 600 });
    const b = await keepStudy(vault, { patientId: "B", size: 600 });
    const forgetting = vault.forget(a.subject);
    const writing = vault.write((writer) => writer.putName(b.subject, { family: "Coe" }));
    await new Promise(setImmediate);
    expect(vault.manifestItem(b.statement, 599)).toEqual(b.items[599]);
    await Promise.all([forgetting, writing]);
    expect(vault.nameOf(b.subject)).toEqual({ family: "Coe" });
  });
});

test("every table but meta goes with a subject, so that none can be overlooked", async () => {
  const { path } = await scratchVault();
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta'").all();
  const parentsOf = (table: string) =>
    (database.prepare(`PRAGMA foreign_key_list(${table})`).all() as { table: string; on_delete: string }[]).map(
      (key) => {
        expect(key.on_delete).toBe("CASCADE");
        return key.table;
      },
    );
  const reachesSubject = (table: string): boolean => table === "subject" || parentsOf(table).some(reachesSubject);
  for (const { name } of tables as { name: string }[]) expect(reachesSubject(name), name).toBe(true);
  database.close();
});

describe("a restored backup", () => {
  test("loses again, before anybody reads, what was erased after it was made", async () => {
    const { vault, path, reopen } = await scratchVault();
    const a = await keepStudy(vault, { patientId: "A" });
    const b = await keepStudy(vault, { patientId: "B" });
    const valuesOfBoth = valuesOnDisk(path).map(({ value }) => value);
    await vault.backup(`${path}.backup`);
    await vault.forget(a.subject);
    await vault.close();

    for (const erased of [
      [a.subject],
      onTheLedger(a.subject),
      (handle: string) => Promise.resolve(handle === a.subject),
    ]) {
      copyFileSync(`${path}.backup`, path);
      const restored = await reopen({ erased });
      expect(restored.findSubject(patientA)).toBeUndefined();
      expect(restored.disclosures(a.statement)).toBeUndefined();
      expect(restored.disclosures(b.statement)?.disclosures).toEqual(b.disclosures);
      const left = remnants(path, valuesOfBoth);
      expect(left.length).toBe(valuesOnDisk(path).length);
      await restored.close();
    }
  });

  test("loses a study that was erased under the subject it was corrected to", async () => {
    const { vault, path, reopen } = await scratchVault();
    const a = await keepStudy(vault, { patientId: "A" });
    const right = await vault.write((writer) => writer.subjectOf({ issuer: "", patientId: "right" }));
    await vault.backup(`${path}.backup`);
    await vault.write((writer) => writer.correctSubject(a.study, a.subject, right));
    const { studies } = await vault.forget(right);
    await vault.close();
    copyFileSync(`${path}.backup`, path);
    const restored = await reopen({ erased: (handle) => [right, ...studies].includes(handle) });
    expect(restored.disclosures(a.statement)).toBeUndefined();
    expect(restored.studiesOf(a.subject)).toEqual([]);
  });

  test("does not open when the ledger cannot be asked", async () => {
    const { vault, reopen } = await scratchVault();
    await keepStudy(vault, { patientId: "A" });
    const erased = () => Promise.reject(new Error("no ledger"));
    await expect(reopen({ erased })).rejects.toThrow("no ledger");
    expect((await reopen()).findSubject(patientA)).toBeDefined();
  });
});

test("a rewriting that a process did not live to do is done when the vault opens next", async () => {
  const { vault, path, reopen } = await scratchVault();
  const { subject } = await keepStudy(vault, { patientId: "A", size: 300 });
  const values = valuesOnDisk(path).filter(({ column }) => column !== "meta.value");
  await vault.close();
  // What a process leaves that dies after the deletion: rows gone (here without overwriting), the mark set.
  tamper(
    path,
    "PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON; DELETE FROM subject; INSERT INTO meta VALUES ('scrub', x'01')",
  );
  expect(
    remnants(
      path,
      values.map(({ value }) => value),
    ).length,
  ).toBeGreaterThan(0);
  const reopened = await reopen();
  expect(
    remnants(
      path,
      values.map(({ value }) => value),
    ),
  ).toEqual([]);
  expect((await reopened.forget(subject)).rows).toBe(0);
});

const columnsOfSubjects = [
  "chunk.items",
  "chunk.list",
  "holder.facts",
  "identity.bond",
  "identity.lookup",
  "label.bond",
  "label.lookup",
  "object.lookup",
  "part.content",
  "part.statement",
  "scope_key.lookup",
  "scope_key.secret",
  "study.handle",
  "study.lookup",
  "subject.key",
  "subject.lookup",
  "subject.name",
];

async function* onTheLedger(...handles: string[]): AsyncGenerator<string> {
  for (const handle of handles) yield handle;
}
