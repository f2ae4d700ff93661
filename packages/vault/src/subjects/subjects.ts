// Subjects: who something is about. Each has a random handle and a random key; without the key nothing about them can be read.
import { type KeyObject, randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { concat, fromHex, type JsonObject, toHex } from "@fiducial/core";
import { decrypt, encrypt, keyBytes, keyOf } from "../encryption/cipher.ts";
import { readJsonObject, sealJsonObject } from "../encryption/sealed-json.ts";
import type { LookupDomain, VaultKeys } from "../encryption/vault-keys.ts";
import { VaultError } from "../vault-error.ts";

/** Who a patient is to those who gave the id: DICOM Issuer of Patient ID (0010,0021), "" when there is none, and Patient ID (0010,0020). */
export interface PatientIdentity {
  readonly issuer: string;
  readonly patientId: string;
}

/** A subject's row, with its key unwrapped. */
export interface Subject {
  readonly id: number;
  /** 128 random bits, lower-case hex. */
  readonly handle: string;
  readonly lookup: string;
  readonly key: KeyObject;
}

/** By what a subject is found again: a domain and names within it. */
export type SubjectNames = readonly [domain: LookupDomain, ...names: string[]];

/** The subjects' rows. Writing happens in the caller's transaction. */
export interface Subjects {
  /** The subject with this handle. Throws SUBJECT_FORGOTTEN. */
  of(handle: string): Subject;
  find(handle: string): Subject | undefined;
  byId(id: number): Subject;
  /** Every row's number. */
  ids(): number[];
  /** Every subject found by these names. */
  named(names: SubjectNames): Subject[];
  /** The subject found by the first of these names, else a new one that is found by all. */
  ensure(names: readonly [SubjectNames, ...SubjectNames[]]): Subject;
  putName(subject: Subject, name: JsonObject): void;
  nameOf(subject: Subject): JsonObject | undefined;
}

interface SubjectRow {
  readonly id: number;
  readonly lookup: Uint8Array;
  readonly key: Uint8Array;
}

/** Opens the subjects' rows. */
export function openSubjects(database: DatabaseSync, keys: VaultKeys): Subjects {
  const sql = {
    byLookup: database.prepare("SELECT id, lookup, key FROM subject WHERE lookup = ?"),
    byId: database.prepare("SELECT id, lookup, key FROM subject WHERE id = ?"),
    ids: database.prepare("SELECT id FROM subject ORDER BY id"),
    named: database.prepare(
      "SELECT id, subject.lookup AS lookup, key, bond FROM identity JOIN subject ON subject.id = subject WHERE identity.lookup = ? ORDER BY id",
    ),
    insert: database.prepare("INSERT INTO subject (lookup, key) VALUES (?, ?)"),
    insertName: database.prepare("INSERT INTO identity (lookup, subject, bond) VALUES (?, ?, ?)"),
    putName: database.prepare("UPDATE subject SET name = ? WHERE id = ?"),
    name: database.prepare("SELECT name FROM subject WHERE id = ?"),
  };

  function opened({ id, lookup, key }: SubjectRow): Subject {
    const place = toHex(lookup);
    const plain = keys.unwrapSubjectKey(key, place);
    return {
      id,
      lookup: place,
      handle: toHex(plain.subarray(0, handleBytes)),
      key: keyOf(plain.subarray(handleBytes)),
    };
  }

  function find(handle: string): Subject | undefined {
    if (fromHex(handle)?.length !== handleBytes) throw new VaultError("VALUE_MALFORMED", { value: "subject" });
    const row = sql.byLookup.get(keys.lookup("subject", handle)) as SubjectRow | undefined;
    return row && opened(row);
  }

  function create(): Subject {
    const handle = randomBytes(handleBytes);
    const key = randomBytes(keyBytes);
    const lookup = keys.lookup("subject", toHex(handle));
    const wrapped = keys.wrapSubjectKey(concat(handle, key), toHex(lookup));
    const id = Number(sql.insert.run(lookup, wrapped).lastInsertRowid);
    return { id, handle: toHex(handle), lookup: toHex(lookup), key: keyOf(key) };
  }

  function named(names: SubjectNames): Subject[] {
    const lookup = keys.lookup(...names);
    return (sql.named.all(lookup) as unknown as (SubjectRow & { bond: Uint8Array })[]).map((row) => {
      const subject = opened(row);
      // Who could write to the file, and had no key, could else file one patient's images under another.
      if (decrypt(subject.key, row.bond, ["identity", toHex(lookup)]) === undefined) {
        throw new VaultError("VAULT_CORRUPT", { table: "identity" });
      }
      return subject;
    });
  }

  return {
    find,
    of: (handle) => {
      const subject = find(handle);
      if (subject === undefined) throw new VaultError("SUBJECT_FORGOTTEN");
      return subject;
    },
    byId: (id) => opened(sql.byId.get(id) as unknown as SubjectRow),
    ids: () => (sql.ids.all() as { id: number }[]).map(({ id }) => id),
    named,
    ensure: (names) => {
      const [known] = named(names[0]);
      if (known !== undefined) return known;
      const subject = create();
      for (const name of names) {
        const lookup = keys.lookup(...name);
        sql.insertName.run(lookup, subject.id, encrypt(subject.key, nothing, ["identity", toHex(lookup)]));
      }
      return subject;
    },
    putName: ({ id, key, lookup }, name) => {
      sql.putName.run(sealJsonObject(key, name, ["name", lookup]), id);
    },
    nameOf: ({ id, key, lookup }) => {
      const { name } = sql.name.get(id) as { name: Uint8Array | null };
      return name === null ? undefined : readJsonObject(key, name, ["name", lookup]);
    },
  };
}

const handleBytes = 16;
const nothing = new Uint8Array();
