// Long lists in chunks: each chunk is one row, packed and encrypted, so that one thing is read without the rest. Manifests and headers are such lists.
import type { KeyObject } from "node:crypto";
import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { toHex } from "@fiducial/core";
import { decrypt, encrypt } from "../encryption/cipher.ts";
import type { Subject } from "../subjects/subjects.ts";
import { VaultError } from "../vault-error.ts";

/** Names a list: 128 random bits, and how many things are in it. Kept encrypted in the part it belongs to. */
export interface ListMark {
  readonly list: Uint8Array;
  readonly size: number;
}

/** A chunk as read: which place of the list its first thing has, how many things are in it, and they, packed. */
export interface Chunk {
  readonly first: number;
  readonly count: number;
  readonly packed: Uint8Array;
}

/** The chunks' rows. Writing happens in the caller's transaction. */
export interface Lists {
  /** Adds a chunk to a list that belongs to nobody's part yet. */
  add(subject: Subject, list: Uint8Array, chunk: Chunk): void;
  /** Gives a list to a part. Throws VALUE_MALFORMED when it has another size than it should. */
  attach(mark: ListMark, part: number): void;
  /** The first place of the chunk that holds place `index`, or undefined beyond the end; of what is damaged, any. */
  firstAt(mark: ListMark, index: number): number | undefined;
  /** The chunk that holds place `index`, or undefined beyond the end. Throws VAULT_CORRUPT. */
  chunkAt(mark: ListMark, index: number, key: KeyObject): Chunk | undefined;
  /** Gives a list to another part. */
  reattach(mark: ListMark, part: number): void;
  /** Encrypts a list for another subject. Throws VAULT_CORRUPT. */
  move(mark: ListMark, from: Subject, to: Subject): void;
  /** Deletes a list, or (without a mark) every list that belongs to no part: what a stopped process left behind. */
  removeLoose(list?: Uint8Array): void;
}

interface ChunkRow {
  readonly first: number;
  readonly count: number;
  readonly items: Uint8Array;
}

/** Opens the chunks' rows. */
export function openLists(database: DatabaseSync): Lists {
  const sql = {
    insert: database.prepare("INSERT INTO chunk (list, first, count, subject, items) VALUES (?, ?, ?, ?, ?)"),
    size: database.prepare("SELECT coalesce(sum(count), 0) AS size FROM chunk WHERE list = ? AND part IS NULL"),
    attach: database.prepare("UPDATE chunk SET part = ? WHERE list = ?"),
    at: database.prepare(
      "SELECT first, count, items FROM chunk WHERE list = ? AND first <= ? ORDER BY first DESC LIMIT 1",
    ),
    firstAt: database.prepare("SELECT max(first) AS first FROM chunk WHERE list = ? AND first <= ?"),
    move: database.prepare("UPDATE chunk SET subject = ?, items = ? WHERE list = ? AND first = ?"),
    removeList: database.prepare("DELETE FROM chunk WHERE list = ? AND part IS NULL"),
    removeLoose: database.prepare("DELETE FROM chunk WHERE part IS NULL"),
  };

  function chunkAt({ list, size }: ListMark, index: number, key: KeyObject): Chunk | undefined {
    if (!isPlaceIn(size, index)) return undefined;
    const row = sql.at.get(list, index) as ChunkRow | undefined;
    const packed = row && decrypt(key, row.items, placeOf(list, row));
    if (row === undefined || packed === undefined || index >= row.first + row.count) {
      throw new VaultError("VAULT_CORRUPT", { table: "chunk" });
    }
    return { first: row.first, count: row.count, packed };
  }

  return {
    add: (subject, list, chunk) => {
      sql.insert.run(
        list,
        chunk.first,
        chunk.count,
        subject.id,
        encrypt(subject.key, chunk.packed, placeOf(list, chunk)),
      );
    },
    attach: ({ list, size }, part) => {
      if ((sql.size.get(list) as { size: number }).size !== size)
        throw new VaultError("VALUE_MALFORMED", { value: "list" });
      sql.attach.run(part, list);
    },
    firstAt: ({ list, size }, index) =>
      isPlaceIn(size, index) ? ((sql.firstAt.get(list, index) as { first: number | null }).first ?? 0) : undefined,
    chunkAt,
    reattach: ({ list }, part) => void sql.attach.run(part, list),
    move: (mark, from, to) => {
      for (let chunk = chunkAt(mark, 0, from.key); chunk !== undefined; ) {
        const items = encrypt(to.key, chunk.packed, placeOf(mark.list, chunk));
        sql.move.run(to.id, items, mark.list, chunk.first);
        chunk = chunkAt(mark, chunk.first + chunk.count, from.key);
      }
    },
    removeLoose: (list) => {
      if (list === undefined) sql.removeLoose.run();
      else sql.removeList.run(list);
    },
  };
}

function isPlaceIn(size: number, index: number): boolean {
  return Number.isSafeInteger(index) && index >= 0 && index < size;
}

/** A new list's name. */
export function newList(): Uint8Array {
  return randomBytes(16);
}

function placeOf(
  list: Uint8Array,
  { first, count }: Pick<Chunk, "first" | "count">,
): readonly [string, string, number, number] {
  return ["chunk", toHex(list), first, count];
}
