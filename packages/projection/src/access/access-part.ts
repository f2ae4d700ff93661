// Who was shown what: reads by study, by reader and by time, newest first. IHE BALP. Of readers there are no rankings, and no counts but how many.
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { fromHex, type Json, type JsonObject, offsetTimeMs, toHex, utcTimeMs } from "@fiducial/core";
import type { FoldedEntry, Part } from "../fold.ts";

/** A read as the log knows it. Codes are those of access.read.performed. */
export interface ReadFact {
  readonly index: number;
  /** When it was shown, and when that was recorded. */
  readonly atMs: number;
  readonly recordedAtMs: number;
  readonly study: string | null;
  readonly what: string;
  readonly action: string;
  readonly readerType: string;
  readonly reader: string | null;
  readonly roles: readonly string[];
  readonly purpose: string;
  readonly purposeBasis: string;
  readonly outcome: string;
  /** How many studies, series or objects, where the entry says. */
  readonly studies: number | null;
  readonly series: number | null;
  readonly instances: number | null;
  readonly findings: readonly string[];
}

/** Which reads. Times are those at which they were shown; `toMs` is not within. */
export interface ReadFilter {
  readonly study?: string | undefined;
  readonly reader?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Reads of lists of studies only, as far as they showed any and are after this entry: such a list may have had in it a study that this entry registered. */
  readonly listsAfter?: number | undefined;
  /** Those with findings only. */
  readonly notable?: boolean | undefined;
  /** Those with this finding only: a code of access.read.performed. */
  readonly finding?: string | undefined;
}

/** How many there are. */
export interface ReadCounts {
  readonly reads: number;
  /** Different persons and machines that the entries name. */
  readonly readers: number;
  readonly notable: number;
  readonly refused: number;
}

export interface AccessQueries {
  /** Those before an entry, newest first. */
  reads(filter: ReadFilter & { readonly before?: number | undefined; readonly limit: number }): ReadFact[];
  counts(filter: ReadFilter): ReadCounts;
}

/** Lists of studies that were shown, and were not empty; of some, how many studies were in it is not known. */
const ofLists = "what = 'study-list' AND study IS NULL AND outcome = 'permitted' AND coalesce(studies, 1) > 0";

export const accessPart: Part<AccessQueries> = {
  tables: `
    CREATE TABLE access_read (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, recordedAt INTEGER NOT NULL, study BLOB, what TEXT NOT NULL, action TEXT NOT NULL,
      readerType TEXT NOT NULL, reader BLOB, roles TEXT NOT NULL, purpose TEXT NOT NULL, purposeBasis TEXT NOT NULL, outcome TEXT NOT NULL,
      studies INTEGER, series INTEGER, instances INTEGER, findings TEXT NOT NULL) STRICT;
    CREATE INDEX access_read_study ON access_read (study, idx) WHERE study IS NOT NULL;
    CREATE INDEX access_read_reader ON access_read (reader, idx) WHERE reader IS NOT NULL;
    CREATE INDEX access_read_at ON access_read (at);
    CREATE INDEX access_read_list ON access_read (idx) WHERE ${ofLists};
    CREATE INDEX access_read_notable ON access_read (idx) WHERE findings <> '';`,

  open: (database) => {
    const add = database.prepare("INSERT INTO access_read VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    return {
      fold: (entry) => {
        if (entry.content.kind === "access.read.performed") add.run(...rowOf(entry));
      },
      queries: queriesOf(database),
    };
  },
};

function rowOf({ index, recordedAt, findings, content }: FoldedEntry): SQLInputValue[] {
  const { open, occurredAt } = content;
  const text = (name: string) => open[name] as string;
  const count = (name: string) => (open[name] ?? null) as number | null;
  return [
    index,
    // The gateway gives its offset; what is said without one is taken as early as it may have been.
    offsetTimeMs(occurredAt)?.earliest ?? 0,
    utcTimeMs(recordedAt) as number,
    blob(open["study"]),
    text("what"),
    text("action"),
    text("readerType"),
    blob(open["reader"]),
    (open["roles"] as string[]).join(" "),
    text("purpose"),
    text("purposeBasis"),
    text("outcome"),
    count("studies"),
    count("series"),
    count("instances"),
    findings.join(" "),
  ];
}

function queriesOf(database: DatabaseSync): AccessQueries {
  const statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
  // As many as there are combinations of filters, each planned for the filters that it has.
  function prepared(sql: string) {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  }

  return {
    reads: ({ before, limit, ...filter }) => {
      const { where, given } = conditions(filter, before);
      const sql = `SELECT * FROM access_read ${where} ORDER BY idx DESC LIMIT ?`;
      return (prepared(sql).all(...given, limit) as unknown as ReadRecord[]).map(factOf);
    },
    counts: (filter) => {
      const { where, given } = conditions(filter);
      const sql = `SELECT count(*) AS reads, count(DISTINCT reader) AS readers, count(nullif(findings, '')) AS notable,
        count(CASE outcome WHEN 'refused' THEN 1 END) AS refused FROM access_read ${where}`;
      return { ...(prepared(sql).get(...given) as unknown as ReadCounts) };
    },
  };
}

function conditions(
  { study, reader, fromMs, toMs, listsAfter, notable, finding }: ReadFilter,
  before?: number,
): { readonly where: string; readonly given: SQLInputValue[] } {
  const all: readonly (readonly [string, SQLInputValue | undefined])[] = [
    ["idx < ?", before],
    ["study = ?", study === undefined ? undefined : (blob(study) ?? new Uint8Array())],
    ["reader = ?", reader === undefined ? undefined : (blob(reader) ?? new Uint8Array())],
    ["at >= ?", fromMs],
    ["at < ?", toMs],
    [`idx > ? AND ${ofLists}`, listsAfter],
    ["findings <> '' AND instr(' ' || findings || ' ', ?) > 0", finding === undefined ? undefined : ` ${finding} `],
  ];
  const asked = all.filter((condition): condition is readonly [string, SQLInputValue] => condition[1] !== undefined);
  const texts = [...asked.map(([text]) => text), ...(notable === true ? ["findings <> ''"] : [])];
  return {
    where: texts.length === 0 ? "" : `WHERE ${texts.join(" AND ")}`,
    given: asked.map(([, value]) => value),
  };
}

type ReadRecord = Omit<ReadFact, "index" | "atMs" | "recordedAtMs" | "study" | "reader" | "roles" | "findings"> & {
  readonly idx: number;
  readonly at: number;
  readonly recordedAt: number;
  readonly study: Uint8Array | null;
  readonly reader: Uint8Array | null;
  readonly roles: string;
  readonly findings: string;
};

function factOf({ idx, at, recordedAt, study, reader, roles, findings, ...rest }: ReadRecord): ReadFact {
  return {
    ...rest,
    index: idx,
    atMs: at,
    recordedAtMs: recordedAt,
    study: study && toHex(study),
    reader: reader && toHex(reader),
    roles: words(roles),
    findings: words(findings),
  };
}

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}

function blob(handle: Json | JsonObject | undefined): Uint8Array | null {
  return (typeof handle === "string" && fromHex(handle)) || null;
}
