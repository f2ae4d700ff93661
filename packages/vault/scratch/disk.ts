// What a thief of the disk sees: a vault's values as SQLite has them, and its files' bytes. Shares nothing with the vault.
import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** Every byte string in a vault's file, under `<table>.<column>`. */
export function valuesOnDisk(path: string): { readonly column: string; readonly value: Buffer }[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    return tables.flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM ${name}`)
        .all()
        .flatMap((row) =>
          Object.entries(row).flatMap(([column, value]) =>
            value instanceof Uint8Array ? [{ column: `${name}.${column}`, value: Buffer.from(value) }] : [],
          ),
        ),
    );
  } finally {
    database.close();
  }
}

/** Which of these byte strings (by their first and last 12 bytes) are still somewhere in the files at `path`. */
export function remnants(path: string, values: readonly Uint8Array[]): Uint8Array[] {
  const files = ["", "-wal", "-shm", ".lock"].map((suffix) => path + suffix).filter((file) => existsSync(file));
  const bytes = Buffer.concat(files.map((file) => readFileSync(file)));
  const isThere = (value: Uint8Array) => bytes.includes(Buffer.from(value));
  return values.filter((value) => isThere(value.subarray(0, 12)) || isThere(value.subarray(-12)));
}

/** Changes a vault's file as somebody would who can write to it and has no key. */
export function tamper(path: string, sql: string): void {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}
