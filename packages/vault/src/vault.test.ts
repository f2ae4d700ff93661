import { randomBytes } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { tamper, valuesOnDisk } from "../scratch/disk.ts";
import { disclosuresOf, keepStudy, randomStatement } from "../scratch/sample-study.ts";
import { scratchFolder, scratchProtector, scratchVault } from "../scratch/scratch-vault.ts";
import { commandProtector } from "./keyring/command-protector.ts";
import { openVault } from "./vault.ts";

describe("opening", () => {
  test("makes a file for its owner only", async () => {
    const { path, vault } = await scratchVault();
    await keepStudy(vault, { patientId: "1" });
    for (const file of readdirSync(dirname(path)).filter((name) => !name.endsWith(".lock"))) {
      expect(statSync(join(dirname(path), file)).mode & 0o777, file).toBe(0o600);
    }
  });

  test("with another node key is refused, and the right one still opens", async () => {
    const { vault, reopen } = await scratchVault();
    const { statement } = await keepStudy(vault, { patientId: "1" });
    await expect(reopen({ protector: scratchProtector() })).rejects.toMatchObject({ code: "KEY_WRONG" });
    expect((await reopen()).disclosures(statement)).toBeDefined();
  });

  test("behind a program that does not authenticate, another key is told by the check value", async () => {
    const mask = (by: number) =>
      [
        process.execPath,
        "-e",
        `process.stdin.on('data', (b) => process.stdout.write(b.map((x) => x ^ ${by})))`,
      ] as const;
    const path = join(scratchFolder(), "vault.db");
    const masked = (by: number) => commandProtector({ wrap: mask(by), unwrap: mask(by) });
    const vault = await openVault({ path, protector: masked(7), erased: [] });
    const { statement } = await keepStudy(vault, { patientId: "1" });
    await vault.close();
    await expect(openVault({ path, protector: masked(9), erased: [] })).rejects.toMatchObject({ code: "KEY_WRONG" });
    const again = await openVault({ path, protector: masked(7), erased: [] });
    expect(again.disclosures(statement)).toBeDefined();
    await again.close();
  });

  test("twice at a time is refused", async () => {
    const { path, protector, reopen } = await scratchVault();
    await expect(openVault({ path, protector, erased: [] })).rejects.toMatchObject({ code: "VAULT_IN_USE" });
    await expect(reopen()).resolves.toBeDefined();
  });

  test("what a newer program wrote, what is no vault, and what is no database is refused", async () => {
    const { vault, path, reopen } = await scratchVault();
    await vault.close();
    tamper(path, "PRAGMA user_version = 2");
    await expect(reopen()).rejects.toMatchObject({ code: "VAULT_NEWER", data: { found: 2, known: 1 } });
    tamper(path, "PRAGMA user_version = 1; PRAGMA application_id = 7");
    await expect(reopen()).rejects.toMatchObject({ code: "VAULT_FOREIGN" });
    writeFileSync(path, "x".repeat(5000));
    await expect(reopen()).rejects.toMatchObject({ code: "VAULT_FOREIGN" });
  });

  test("where there is no folder is refused", async () => {
    const path = join(scratchFolder(), "none", "vault.db");
    await expect(openVault({ path, protector: scratchProtector(), erased: [] })).rejects.toMatchObject({
      code: "VAULT_NOT_WRITABLE",
    });
  });

  test("a vault that lost its master secret does not get another one", async () => {
    const { vault, path, reopen } = await scratchVault();
    await keepStudy(vault, { patientId: "1" });
    await vault.close();
    tamper(path, "DELETE FROM meta");
    await expect(reopen()).rejects.toMatchObject({ code: "VAULT_CORRUPT" });
  });

  test("removes headers that were collected and never kept", async () => {
    const { vault, path, reopen } = await scratchVault();
    const subject = await vault.write((writer) => writer.subjectOf({ issuer: "", patientId: "1" }));
    const headers = vault.collectHeaders(subject);
    for (let place = 0; place < 256; place++) await headers.add(Uint8Array.of(1));
    expect(valuesOnDisk(path).filter(({ column }) => column === "chunk.items")).toHaveLength(1);
    await reopen();
    expect(valuesOnDisk(path).filter(({ column }) => column === "chunk.items")).toEqual([]);
  });
});

describe("a backup", () => {
  test("is a vault of its own, made while writing goes on, for its owner only, and replaces nothing", async () => {
    const { vault, path, protector } = await scratchVault();
    const { statement, disclosures } = await keepStudy(vault, { patientId: "1", size: 500 });
    const target = join(dirname(path), "backups", "vault.db");
    mkdirSync(dirname(target));
    const copying = vault.backup(target);
    await keepStudy(vault, { patientId: "2" });
    await copying;
    expect(readdirSync(dirname(target))).toEqual(["vault.db"]);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    await expect(vault.backup(target)).rejects.toMatchObject({ code: "BACKUP_EXISTS" });
    await expect(vault.backup(join(target, "inside"))).rejects.toMatchObject({ code: "VAULT_NOT_WRITABLE" });
    const restored = await openVault({ path: target, protector, erased: [] });
    expect(restored.disclosures(statement)?.disclosures).toEqual(disclosures);
    await restored.close();
  });

  test("made under load is whole, and has what was acknowledged before it was begun", async () => {
    const { vault, path, protector } = await scratchVault();
    const before = [await keepStudy(vault, { patientId: "0", size: 2000 })];
    for (let round = 1; round <= 5; round++) {
      const target = `${path}.${round}`;
      const copying = vault.backup(target);
      const during = await Promise.all(
        Array.from({ length: 6 }, () => keepStudy(vault, { patientId: `${round}`, size: 50 })),
      );
      await copying;
      const database = new DatabaseSync(target, { readOnly: true });
      expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
      database.close();
      const copy = await openVault({ path: target, protector, erased: [] });
      for (const { statement, disclosures } of before)
        expect(copy.disclosures(statement)?.disclosures).toEqual(disclosures);
      await copy.close();
      before.push(...during);
    }
  });

  test("without the node key tells nothing, and without a row for it, not even which statements it is about", async () => {
    const { vault, path } = await scratchVault();
    const { statement, study, subject, studyUid } = await keepStudy(vault, {
      patientId: "PID-4711",
      issuer: "Northlake",
    });
    await vault.close();
    const bytes = readFileSync(path);
    for (const text of ["PID-4711", "Northlake", studyUid, "archive"]) expect(bytes.includes(text), text).toBe(false);
    for (const hex of [statement, study, subject]) {
      expect(bytes.includes(Buffer.from(hex, "hex")), hex).toBe(false);
      expect(bytes.includes(hex), hex).toBe(false);
    }
  });
});

test("after closing, everything says so, and closing again does no harm", async () => {
  const { vault } = await scratchVault();
  const { statement, subject } = await keepStudy(vault, { patientId: "1" });
  await vault.close();
  await vault.close();
  const closed = { code: "VAULT_CLOSED" };
  expect(() => vault.disclosures(statement)).toThrow(expect.objectContaining(closed));
  expect(() => [...vault.manifest(statement)]).toThrow(expect.objectContaining(closed));
  await expect(vault.write(() => {})).rejects.toMatchObject(closed);
  await expect(vault.forget(subject)).rejects.toMatchObject(closed);
  await expect(vault.backup("anywhere")).rejects.toMatchObject(closed);
});

test("no error tells what is kept, nor any key", async () => {
  const { vault, path, protector, reopen } = await scratchVault();
  const secret = "Mustermann-4711";
  const { statement, subject, study } = await keepStudy(vault, { patientId: secret, issuer: secret });
  const disclosures = disclosuresOf(randomBytes(32), { [secret]: secret });
  const bad = { [secret]: { salt: secret, value: secret } };
  const attempts: (() => unknown)[] = [
    () => vault.write((writer) => writer.keep({ statement: secret, subject, disclosures })),
    () => vault.write((writer) => writer.keep({ statement: randomStatement(), subject, disclosures: bad })),
    () => vault.write((writer) => writer.keep({ statement, subject, disclosures: { subject: bad[secret] as never } })),
    () => vault.write((writer) => writer.putName(subject, { [secret]: Number.NaN })),
    () => vault.write((writer) => writer.subjectOf({ issuer: secret, patientId: `${secret}\ud800` })),
    () => vault.write((writer) => writer.subjectOf({ issuer: secret } as never)),
    () => vault.write((writer) => writer.recordHolder(study, { kind: secret, where: secret, at: secret } as never)),
    () => vault.write((writer) => writer.studyOf(secret, secret)),
    () => vault.collectHeaders(subject).add(secret as never),
    () => vault.forget(secret),
    () => vault.findStudies({ label: secret, value: "\ud800" }),
    () => openVault({ path, protector, erased: [] }),
    () => reopen({ erased: [secret] }),
    () => reopen({ protector: scratchProtector() }),
  ];
  for (const attempt of attempts) {
    const error = await errorOf(attempt);
    expect(error, String(attempt)).toMatchObject({ name: "VaultError", code: expect.any(String) });
    expect(inspect(error, { depth: 9, showHidden: true }).replace(/\n\s+at .*/g, ""), String(attempt)).not.toContain(
      secret,
    );
  }
});

test("SQLite's files are whole after all this", async () => {
  const { vault, path } = await scratchVault();
  const a = await keepStudy(vault, { patientId: "A", size: 600 });
  await keepStudy(vault, { patientId: "B", size: 600 });
  await vault.forget(a.subject);
  await vault.close();
  copyFileSync(path, `${path}.copy`);
  chmodSync(`${path}.copy`, 0o600);
  const database = new DatabaseSync(`${path}.copy`);
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(database.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
  database.close();
});

async function errorOf(attempt: () => unknown): Promise<unknown> {
  try {
    await attempt();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}
