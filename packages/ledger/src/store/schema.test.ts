import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { openDatabase, schemaVersion } from "./schema.ts";
import { openStore } from "./store.ts";

const code = (expected: string) => expect.objectContaining({ name: "LedgerError", code: expected });

describe("a file that is no ledger of this version", () => {
  test("another program's database is refused and left as it was", () => {
    const path = join(scratchFolder(), "ledger.db");
    const foreign = new DatabaseSync(path);
    foreign.exec("CREATE TABLE recipe (name TEXT)");
    foreign.close();
    const before = readFileSync(path);
    expect(() => openDatabase(path)).toThrow(code("FOLDER_FOREIGN"));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("a file that is no database is refused and left as it was", () => {
    const path = join(scratchFolder(), "ledger.db");
    writeFileSync(path, "# Shopping\n".repeat(1000));
    expect(() => openDatabase(path)).toThrow(code("FOLDER_FOREIGN"));
    expect(readFileSync(path, "utf8")).toBe("# Shopping\n".repeat(1000));
  });

  test("a newer version's ledger is refused, by number, and left as it was", () => {
    const path = join(scratchFolder(), "ledger.db");
    openStore(path).close();
    const newer = new DatabaseSync(path);
    newer.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
    newer.close();
    const before = readFileSync(path);
    expect(() => openDatabase(path)).toThrow(
      expect.objectContaining({ code: "FOLDER_NEWER", data: { found: schemaVersion + 1, known: schemaVersion } }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("an empty file becomes a ledger", () => {
    const path = join(scratchFolder(), "ledger.db");
    writeFileSync(path, "");
    openStore(path).close();
    expect(openStore(path).head()).toMatchObject({ position: 0, edge: { size: 0 } });
  });

  test("a ledger that lacks a table is corrupt", () => {
    const path = join(scratchFolder(), "ledger.db");
    openStore(path).close();
    const damaged = new DatabaseSync(path);
    damaged.exec("DROP TABLE tile");
    damaged.close();
    expect(() => openStore(path)).toThrow(code("STORE_CORRUPT"));
  });
});

describe("a folder that cannot be written", () => {
  test("is one that is not there, or a file", () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "file"), "");
    expect(() => openDatabase(join(folder, "absent", "ledger.db"))).toThrow(code("FOLDER_NOT_WRITABLE"));
    expect(() => openDatabase(join(folder, "file", "ledger.db"))).toThrow(code("FOLDER_NOT_WRITABLE"));
    expect(() => openDatabase(folder)).toThrow(code("FOLDER_NOT_WRITABLE"));
  });

  // An administrator may write where permissions forbid it; an immutable file stops even him, where the file system knows such.
  test.skipIf(!knowsImmutableFiles())("is noticed when the ledger is opened, not at the first commit", () => {
    const folder = scratchFolder();
    const path = join(folder, "ledger.db");
    openStore(path).close();
    makeImmutable(path);
    expect(() => openStore(path)).toThrow(code("FOLDER_NOT_WRITABLE"));
    const empty = join(folder, "empty");
    mkdirSync(empty);
    makeImmutable(empty);
    expect(() => openStore(join(empty, "ledger.db"))).toThrow(code("FOLDER_NOT_WRITABLE"));
  });
});

test("a ledger that another process is writing is in use", () => {
  const path = join(scratchFolder(), "ledger.db");
  openStore(path).close();
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  expect(() => openStore(path)).toThrow(code("FOLDER_IN_USE"));
  other.close();
  openStore(path).close();
}, 20_000);

function makeImmutable(path: string): void {
  execFileSync("chattr", ["+i", path]);
  onTestFinished(() => void execFileSync("chattr", ["-i", path]));
}

function knowsImmutableFiles(): boolean {
  const probe = join(import.meta.dirname, `immutable-${process.pid}`);
  try {
    writeFileSync(probe, "");
    return spawnSync("chattr", ["+i", probe]).status === 0;
  } catch {
    return false;
  } finally {
    spawnSync("chattr", ["-i", probe]);
    rmSync(probe, { force: true });
  }
}
