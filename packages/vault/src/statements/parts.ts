// The parts' rows: what is kept of statements. Written once, before the statement is submitted; settled once a ledger holds it.
import type { DatabaseSync } from "node:sqlite";
import { type Disclosure, type ManifestItem, toHex } from "@fiducial/core";
import type { VaultKeys } from "../encryption/vault-keys.ts";
import type { Studies, Study } from "../subjects/studies.ts";
import type { Subject, Subjects } from "../subjects/subjects.ts";
import { VaultError } from "../vault-error.ts";
import { given } from "./given-members.ts";
import type { HeaderCollection, HeaderCollections } from "./header-collection.ts";
import type { Lists } from "./lists.ts";
import { putManifest } from "./manifests.ts";
import type { ObjectMark, Objects } from "./objects.ts";
import { checkPart, type PartContent, readPart, sealPart } from "./part.ts";

/** What is to be kept of a statement about one subject. */
export interface StatementPart {
  /** Statement id, hex. */
  readonly statement: string;
  /** The subject's handle. */
  readonly subject: string;
  /** The handle of the study it belongs to, which must be the subject's. */
  readonly study?: string;
  /** The 32 bytes from which the salts were derived. */
  readonly seed?: Uint8Array;
  readonly disclosures?: Readonly<Record<string, Disclosure>>;
  /** Items in the order of the leaves, as `manifestOf` gives them. */
  readonly manifest?: readonly ManifestItem[];
  readonly headers?: HeaderCollection;
  readonly objects?: readonly ObjectMark[];
}

/** A part as it is read. */
export interface Part extends PartContent {
  readonly id: number;
  readonly about: Subject;
}

/** The parts' rows. Writing happens in the caller's transaction. */
export interface Parts {
  /** Keeps a part. Throws SUBJECT_FORGOTTEN, STUDY_UNKNOWN, STUDY_OF_ANOTHER_SUBJECT, STATEMENT_KEPT, VALUE_MALFORMED. */
  keep(part: StatementPart): void;
  ofStatement(statement: string): Part[];
  byId(id: number): Part;
  ofStudy(study: Study): Part[];
  ofSubject(subject: Subject): Part[];
  /** Parts, at most `limit`, with an id above `after` whose statements are not known to be on a ledger. */
  unsettled(after: number, limit: number): Part[];
  /** Parts, at most `limit`, with an id above `after`; without a content when they cannot be read. */
  page(after: number, limit: number): { readonly id: number; readonly part: Part | undefined }[];
  settle(part: Part): void;
  remove(part: Part): void;
  /** Adds a row beside another one of the same statement and study, and returns its id. */
  addBeside(part: Part, about: Subject, content: PartContent): number;
  /** Gives a row to another subject with other content. */
  replace(part: Part, about: Subject, content: PartContent): void;
}

interface PartRow {
  readonly id: number;
  readonly statement: Uint8Array;
  readonly subject: number;
  readonly content: Uint8Array;
}

/** What parts are made of. */
export interface PartRooms {
  readonly subjects: Subjects;
  readonly studies: Studies;
  readonly lists: Lists;
  readonly objects: Objects;
  readonly collections: HeaderCollections;
}

/** Opens the parts' rows. */
export function openParts(database: DatabaseSync, keys: VaultKeys, rooms: PartRooms): Parts {
  const { subjects, studies, lists, objects, collections } = rooms;
  const sql = statementsOf(database);

  function opened({ id, statement, subject, content }: PartRow): Part {
    const about = subjects.byId(subject);
    return { id, about, ...readPart(about.key, content, toHex(statement)) };
  }

  const all = (rows: unknown[]): Part[] => (rows as PartRow[]).map(opened);
  const lookupOf = (statement: string) => keys.lookup("statement", statement);
  const ofStatement = (statement: string) => all(sql.ofStatement.all(lookupOf(statement)));
  const sealed = (about: Subject, content: PartContent, lookup: Uint8Array) =>
    sealPart(about.key, content, toHex(lookup));

  function refuseKept({ statement, disclosures, manifest, headers }: StatementPart): void {
    const isKept = ofStatement(statement).some(
      (kept) =>
        Object.keys(disclosures ?? {}).some((field) => Object.hasOwn(kept.disclosures, field)) ||
        (manifest !== undefined && kept.manifest !== undefined) ||
        (headers !== undefined && kept.headers !== undefined),
    );
    if (isKept) throw new VaultError("STATEMENT_KEPT");
  }

  function insert(about: Subject, study: Study | undefined, content: PartContent): number {
    const lookup = lookupOf(content.statement);
    const row = sql.insert.run(lookup, about.id, study?.id ?? null, 0, sealed(about, content, lookup));
    const id = Number(row.lastInsertRowid);
    for (const list of [content.manifest?.items, content.manifest?.commitments, content.headers]) {
      if (list !== undefined) lists.attach(list, id);
    }
    return id;
  }

  function keep(part: StatementPart): void {
    const { statement, seed, disclosures = {}, objects: marks = [] } = part;
    const about = subjects.of(part.subject);
    const study = part.study === undefined ? undefined : studies.of(part.study);
    if (study !== undefined && study.subject.id !== about.id) throw new VaultError("STUDY_OF_ANOTHER_SUBJECT");
    const draft = given({ statement, study: part.study, seed, disclosures });
    checkPart(draft);
    checkObjects(part);
    refuseKept(part);
    const manifest = part.manifest && putManifest(lists, about, part.manifest);
    const headers = part.headers && collections.take(part.headers, about);
    objects.put(insert(about, study, given({ ...draft, manifest, headers }) as PartContent), marks);
  }

  return {
    keep,
    ofStatement,
    byId: (id) => opened(sql.byId.get(id) as unknown as PartRow),
    ofStudy: ({ id }) => all(sql.ofStudy.all(id)),
    ofSubject: ({ id }) => all(sql.ofSubject.all(id, id)),
    unsettled: (after, limit) => all(sql.unsettled.all(after, limit)),
    page: (after, limit) =>
      (sql.page.all(after, limit) as unknown as PartRow[]).map((row) => ({
        id: row.id,
        part: readable(() => opened(row)),
      })),
    settle: ({ id }) => void sql.settle.run(id),
    remove: ({ id }) => void sql.remove.run(id),
    addBeside: (part, about, content) => {
      const lookup = lookupOf(part.statement);
      return Number(sql.insertBeside.run(about.id, sealed(about, content, lookup), part.id).lastInsertRowid);
    },
    replace: (part, about, content) => {
      sql.replace.run(about.id, sealed(about, content, lookupOf(part.statement)), part.id);
    },
  };
}

// One row that is damaged must not hide those after it.
function readable(read: () => Part): Part | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof VaultError && thrown.code === "VAULT_CORRUPT") return undefined;
    throw thrown;
  }
}

/** Every object stands somewhere in the manifest. */
function checkObjects({ objects = [], manifest = [] }: StatementPart): void {
  const isInside = objects.every(({ item }) => Number.isSafeInteger(item) && item >= 0 && item < manifest.length);
  if (!isInside) throw new VaultError("VALUE_MALFORMED", { value: "objects" });
}

function statementsOf(database: DatabaseSync) {
  const columns = "SELECT id, statement, subject, content FROM part";
  return {
    insert: database.prepare("INSERT INTO part (statement, subject, study, settled, content) VALUES (?, ?, ?, ?, ?)"),
    insertBeside: database.prepare(
      "INSERT INTO part (statement, subject, study, settled, content) SELECT statement, ?, study, settled, ? FROM part WHERE id = ?",
    ),
    ofStatement: database.prepare(`${columns} WHERE statement = ? ORDER BY id`),
    byId: database.prepare(`${columns} WHERE id = ?`),
    ofStudy: database.prepare(`${columns} WHERE study = ? ORDER BY id`),
    ofSubject: database.prepare(
      `${columns} WHERE subject = ? OR study IN (SELECT id FROM study WHERE subject = ?) ORDER BY id`,
    ),
    unsettled: database.prepare(`${columns} WHERE settled = 0 AND id > ? ORDER BY id LIMIT ?`),
    page: database.prepare(`${columns} WHERE id > ? ORDER BY id LIMIT ?`),
    settle: database.prepare("UPDATE part SET settled = 1 WHERE id = ?"),
    remove: database.prepare("DELETE FROM part WHERE id = ?"),
    replace: database.prepare("UPDATE part SET subject = ?, content = ? WHERE id = ?"),
  };
}
