// Who holds a copy of something, so that erasure can say what survives and a correction can reach every scope.
import type { KeyObject } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { JsonObject } from "@fiducial/core";
import { readJsonObject, sealJsonObject } from "../encryption/sealed-json.ts";
import { VaultError } from "../vault-error.ts";
import type { Studies, Study } from "./studies.ts";
import type { Subject } from "./subjects.ts";

/** How somebody came to hold it: by a receipt, a transfer, a PACS, a backup, or as a scope (a trial, a data set) under a handle of its own. */
export type HolderKind = "receipt" | "transfer" | "pacs" | "backup" | "scope";

/** Who holds a copy, and since when. */
export interface Holder {
  readonly kind: HolderKind;
  /** The scope's handle for the same thing. */
  readonly handle?: string;
  /** A name that an operator understands: an organization, a system, a medium. */
  readonly where: string;
  /** When it got there: a time as statements write it. */
  readonly at: string;
}

/** A holder with the handle of the study that is held, if it is a study. */
export interface HolderOf extends Holder {
  readonly study?: string;
}

/** The holders' rows. Writing happens in the caller's transaction. */
export interface Holders {
  put(held: Subject | Study, holder: Holder): void;
  ofStudy(study: Study): HolderOf[];
  /** Those of the subject itself and of all its studies. */
  ofSubject(subject: Subject): HolderOf[];
  /** Encrypts the study's holders for its new subject. */
  move(study: Study, to: Subject): void;
}

interface HolderRow {
  readonly id: number;
  readonly facts: Uint8Array;
}

/** Opens the holders' rows. */
export function openHolders(database: DatabaseSync, studies: Studies): Holders {
  const sql = {
    insert: database.prepare("INSERT INTO holder (subject, study, facts) VALUES (?, ?, ?)"),
    ofStudy: database.prepare("SELECT id, facts FROM holder WHERE study = ? ORDER BY id"),
    ofSubject: database.prepare("SELECT id, facts FROM holder WHERE subject = ? AND study IS NULL ORDER BY id"),
    move: database.prepare("UPDATE holder SET subject = ?, facts = ? WHERE id = ?"),
  };

  const rowsOf = (study: Study) => sql.ofStudy.all(study.id) as unknown as HolderRow[];
  const factsOf = ({ facts }: HolderRow, held: Subject | Study) =>
    readJsonObject(keyFor(held), facts, ["holder", held.lookup]);

  function ofStudy(study: Study): HolderOf[] {
    return rowsOf(study).map((row) => ({ ...holderOf(factsOf(row, study)), study: study.handle }));
  }

  return {
    put: (held, holder) => {
      const facts = sealJsonObject(keyFor(held), factsIn(holder), ["holder", held.lookup]);
      const [subject, study] = "key" in held ? [held.id, null] : [held.subject.id, held.id];
      sql.insert.run(subject, study, facts);
    },
    ofStudy,
    ofSubject: (subject) => {
      const own = (sql.ofSubject.all(subject.id) as unknown as HolderRow[]).map((row) =>
        holderOf(factsOf(row, subject)),
      );
      return [...own, ...studies.ofSubject(subject).flatMap(ofStudy)];
    },
    move: (study, to) => {
      for (const row of rowsOf(study)) {
        sql.move.run(to.id, sealJsonObject(to.key, factsOf(row, study), ["holder", study.lookup]), row.id);
      }
    },
  };
}

function keyFor(held: Subject | Study): KeyObject {
  return "key" in held ? held.key : held.subject.key;
}

function factsIn({ kind, where, at, handle }: Holder): JsonObject {
  if (!kinds.has(kind)) throw new VaultError("VALUE_MALFORMED", { value: "holder" });
  return { kind, where, at, ...(handle === undefined ? {} : { handle }) };
}

function holderOf(facts: JsonObject): Holder {
  return facts as unknown as Holder;
}

const kinds: ReadonlySet<string> = new Set<HolderKind>(["receipt", "transfer", "pacs", "backup", "scope"]);
