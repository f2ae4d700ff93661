// Which statements speak of an object: every version of a SOP instance ever registered, found by its UID or by the digest of its file.
import type { DatabaseSync } from "node:sqlite";
import { compareBytes } from "@fiducial/core";
import type { VaultKeys } from "../encryption/vault-keys.ts";

/** An object of a manifest: the index of its leaf, and by what it is found. */
export interface ObjectMark {
  readonly item: number;
  readonly sopInstanceUid: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly file?: string;
}

/** By what an object is found. */
export type ObjectKey = { readonly sopInstanceUid: string } | { readonly file: string };

/** Where an object stands: the part's row, and the leaf's index in its manifest. */
export interface ObjectPlace {
  readonly part: number;
  readonly item: number;
}

/** The index of objects. Writing happens in the caller's transaction. */
export interface Objects {
  put(part: number, marks: readonly ObjectMark[]): void;
  /** Every version, in the order in which they were kept. */
  find(key: ObjectKey): ObjectPlace[];
}

/** Opens the index. */
export function openObjects(database: DatabaseSync, keys: VaultKeys): Objects {
  const insert = database.prepare("INSERT OR IGNORE INTO object (lookup, part, item) VALUES (?, ?, ?)");
  const select = database.prepare("SELECT part, item FROM object WHERE lookup = ? ORDER BY part, item");

  return {
    put: (part, marks) => {
      const rows = marks.flatMap(({ item, sopInstanceUid, file }) => [
        { item, lookup: keys.lookup("sop-instance", sopInstanceUid) },
        ...(file === undefined ? [] : [{ item, lookup: keys.lookup("file", file) }]),
      ]);
      // Lookups are as good as random: in their order, each page of the table is touched once.
      rows.sort((a, b) => compareBytes(a.lookup, b.lookup));
      for (const { lookup, item } of rows) insert.run(lookup, part, item);
    },
    find: (key) => {
      const lookup = "file" in key ? keys.lookup("file", key.file) : keys.lookup("sop-instance", key.sopInstanceUid);
      return select.all(lookup) as unknown as ObjectPlace[];
    },
  };
}
