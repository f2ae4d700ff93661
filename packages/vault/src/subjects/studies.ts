// Studies: a random handle for each, found again by study UID, accession number or whatever else labels it.
import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { fromHex, toHex } from "@fiducial/core";
import { decrypt, encrypt } from "../encryption/cipher.ts";
import type { VaultKeys } from "../encryption/vault-keys.ts";
import { VaultError } from "../vault-error.ts";
import type { Subject, Subjects } from "./subjects.ts";

/** A study's row, with whom it is of. */
export interface Study {
  readonly id: number;
  /** 128 random bits, lower-case hex: what stands for the study on the ledger. */
  readonly handle: string;
  readonly lookup: string;
  readonly subject: Subject;
}

/** Values by which a study is found again, by label: `accession`, `requestedProcedure`, … `studyUid` is always among them. */
export type StudyLabels = Readonly<Record<string, string>>;

/** The studies' rows. Writing happens in the caller's transaction. */
export interface Studies {
  /** The study with this handle. Throws STUDY_UNKNOWN. */
  of(handle: string): Study;
  find(handle: string): Study | undefined;
  byId(id: number): Study;
  /** Every row's number. */
  ids(): number[];
  ofSubject(subject: Subject): Study[];
  /** Studies that carry this value under this label, oldest first. */
  labelled(label: string, value: string): Study[];
  /** The subject's study with this UID, else a new one; the labels are added to those it has. */
  ensure(studyUid: string, subject: Subject, labels: StudyLabels): { readonly study: Study; readonly isNew: boolean };
  /** Gives a study to another subject: its handle and the bonds of its labels are encrypted anew. */
  move(study: Study, to: Subject): Study;
}

interface StudyRow {
  readonly id: number;
  readonly lookup: Uint8Array;
  readonly subject: number;
  readonly handle: Uint8Array;
}

/** Opens the studies' rows. */
export function openStudies(database: DatabaseSync, keys: VaultKeys, subjects: Subjects): Studies {
  const sql = {
    byLookup: database.prepare("SELECT * FROM study WHERE lookup = ?"),
    byId: database.prepare("SELECT * FROM study WHERE id = ?"),
    ofSubject: database.prepare("SELECT * FROM study WHERE subject = ? ORDER BY id"),
    ids: database.prepare("SELECT id FROM study ORDER BY id"),
    labelled: database.prepare(
      "SELECT study.*, bond FROM label JOIN study ON study.id = study WHERE label.lookup = ? ORDER BY study.id",
    ),
    labels: database.prepare("SELECT lookup FROM label WHERE study = ?"),
    insert: database.prepare("INSERT INTO study (lookup, subject, handle) VALUES (?, ?, ?)"),
    move: database.prepare("UPDATE study SET subject = ?, handle = ? WHERE id = ?"),
    putLabel: database.prepare("INSERT OR REPLACE INTO label (lookup, study, bond) VALUES (?, ?, ?)"),
  };

  function opened(row: StudyRow): Study {
    const subject = subjects.byId(row.subject);
    const lookup = toHex(row.lookup);
    const handle = decrypt(subject.key, row.handle, ["study", lookup]);
    if (handle === undefined) throw new VaultError("VAULT_CORRUPT", { table: "study" });
    return { id: row.id, handle: toHex(handle), lookup, subject };
  }

  function find(handle: string): Study | undefined {
    if (fromHex(handle)?.length !== handleBytes) throw new VaultError("VALUE_MALFORMED", { value: "study" });
    const row = sql.byLookup.get(keys.lookup("study", handle)) as StudyRow | undefined;
    return row && opened(row);
  }

  function labelled(label: string, value: string): Study[] {
    const lookup = keys.lookup("label", label, value);
    return (sql.labelled.all(lookup) as unknown as (StudyRow & { bond: Uint8Array })[]).map((row) => {
      const study = opened(row);
      if (decrypt(study.subject.key, row.bond, bondPlace(lookup, study)) === undefined) {
        throw new VaultError("VAULT_CORRUPT", { table: "label" });
      }
      return study;
    });
  }

  function create(subject: Subject): Study {
    const handle = randomBytes(handleBytes);
    const lookup = keys.lookup("study", toHex(handle));
    const place = toHex(lookup);
    const sealed = encrypt(subject.key, handle, ["study", place]);
    const id = Number(sql.insert.run(lookup, subject.id, sealed).lastInsertRowid);
    return { id, handle: toHex(handle), lookup: place, subject };
  }

  function bind(study: Study, lookup: Uint8Array): void {
    sql.putLabel.run(lookup, study.id, encrypt(study.subject.key, nothing, bondPlace(lookup, study)));
  }

  return {
    find,
    of: (handle) => {
      const study = find(handle);
      if (study === undefined) throw new VaultError("STUDY_UNKNOWN");
      return study;
    },
    byId: (id) => opened(sql.byId.get(id) as unknown as StudyRow),
    ids: () => (sql.ids.all() as { id: number }[]).map(({ id }) => id),
    ofSubject: ({ id }) => (sql.ofSubject.all(id) as unknown as StudyRow[]).map(opened),
    labelled,
    ensure: (studyUid, subject, labels) => {
      const known = labelled("studyUid", studyUid).find((study) => study.subject.id === subject.id);
      const study = known ?? create(subject);
      for (const [label, value] of Object.entries({ ...labels, studyUid }))
        bind(study, keys.lookup("label", label, value));
      return { study, isNew: known === undefined };
    },
    move: (study, to) => {
      const handle = fromHex(study.handle) as Uint8Array;
      sql.move.run(to.id, encrypt(to.key, handle, ["study", study.lookup]), study.id);
      const moved = { ...study, subject: to };
      for (const { lookup } of sql.labels.all(study.id) as { lookup: Uint8Array }[]) bind(moved, lookup);
      return moved;
    },
  };
}

/** The bond holds a label and a study together: it opens only where both are the ones it was made for. */
function bondPlace(lookup: Uint8Array, study: Study): readonly [string, string, string] {
  return ["label", toHex(lookup), study.lookup];
}

const handleBytes = 16;
const nothing = new Uint8Array();
