// The log as a list: who said what kind of thing when, newest first, and how much of it by day.
import type { SQLInputValue } from "node:sqlite";
import { utcTimeMs } from "@fiducial/core";
import type { FoldedEntry, Part } from "../fold.ts";

/** Which entries to list. */
export interface EntryFilter {
  /** Entries before this index only. */
  readonly before?: number;
  readonly limit: number;
  readonly kind?: string;
  /** Leaves out entries of a kind. */
  readonly without?: string;
  readonly application?: string;
  /** Those with findings only. */
  readonly findings?: boolean;
  /** Recorded at this time or later, and before that one: starts of UTC days, in milliseconds. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

export interface LogQueries {
  /** Indexes of entries, newest first. */
  entries(filter: EntryFilter): number[];
  /** How many entries of each application were recorded from `fromMs` on, and how many of them bear findings, by UTC day (milliseconds of its start). */
  perDay(
    fromMs: number,
  ): { readonly day: number; readonly application: string; readonly entries: number; readonly findings: number }[];
  /** How many entries bear findings. */
  withFindings(): number;
}

const msPerDay = 86_400_000;

const end = Number.MAX_SAFE_INTEGER;
const listed = "SELECT idx FROM log_entry WHERE idx < ?1 AND idx >= ?2";
const ofKinds =
  "kind IN (SELECT id FROM log_kind WHERE (?3 IS NULL OR name = ?3) AND (?4 IS NULL OR application = ?4) AND (?5 IS NULL OR name <> ?5))";

export const logPart: Part<LogQueries> = {
  tables: `
    CREATE TABLE log_kind (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, application TEXT NOT NULL) STRICT;
    CREATE TABLE log_entry (idx INTEGER PRIMARY KEY, kind INTEGER NOT NULL, day INTEGER NOT NULL, findings INTEGER NOT NULL) STRICT;
    CREATE INDEX log_entry_findings ON log_entry (idx) WHERE findings > 0;
    CREATE TABLE log_day (day INTEGER NOT NULL, kind INTEGER NOT NULL, entries INTEGER NOT NULL, findings INTEGER NOT NULL, first INTEGER NOT NULL, PRIMARY KEY (day, kind)) STRICT, WITHOUT ROWID;`,

  open: (database) => {
    const sql = {
      kinds: database.prepare("SELECT id, name FROM log_kind"),
      addKind: database.prepare("INSERT INTO log_kind (name, application) VALUES (?, ?)"),
      addEntry: database.prepare("INSERT INTO log_entry VALUES (?, ?, ?, ?)"),
      count: database.prepare(
        "INSERT INTO log_day VALUES (?, ?, 1, ?, ?) ON CONFLICT DO UPDATE SET entries = entries + 1, findings = findings + excluded.findings",
      ),
      all: database.prepare(`${listed} ORDER BY idx DESC LIMIT ?`),
      found: database.prepare(`${listed} AND findings > 0 ORDER BY idx DESC LIMIT ?`),
      some: database.prepare(`${listed} AND ${ofKinds} ORDER BY idx DESC LIMIT ?`),
      someFound: database.prepare(`${listed} AND findings > 0 AND ${ofKinds} ORDER BY idx DESC LIMIT ?`),
      // Entries stand in the order in which they were recorded.
      firstFrom: database.prepare("SELECT min(first) AS idx FROM log_day WHERE day >= ?"),
      perDay: database.prepare(
        "SELECT day, application, sum(entries) AS entries, sum(findings) AS findings FROM log_day JOIN log_kind ON kind = id WHERE day >= ? GROUP BY day, application ORDER BY day, application",
      ),
      withFindings: database.prepare("SELECT coalesce(sum(findings), 0) AS entries FROM log_day"),
    };
    const kinds = new Map((sql.kinds.all() as { id: number; name: string }[]).map(({ id, name }) => [name, id]));

    function kindOf(name: string): number {
      const known = kinds.get(name);
      if (known !== undefined) return known;
      const id = Number(sql.addKind.run(name, name.slice(0, name.indexOf("."))).lastInsertRowid);
      kinds.set(name, id);
      return id;
    }

    const firstFrom = (ms: number) => (sql.firstFrom.get(ms) as { idx: number | null }).idx ?? end;

    return {
      fold: ({ index, recordedAt, findings, content }: FoldedEntry) => {
        const kind = kindOf(content.kind);
        const day = Math.floor((utcTimeMs(recordedAt) as number) / msPerDay) * msPerDay;
        sql.addEntry.run(index, kind, day, findings.length);
        sql.count.run(day, kind, findings.length > 0 ? 1 : 0, index);
      },

      queries: {
        entries: ({ before = end, limit, kind, application, without, findings = false, fromMs, toMs }) => {
          const filtered = kind !== undefined || application !== undefined || without !== undefined;
          const least = fromMs === undefined ? 0 : firstFrom(fromMs);
          const most = Math.min(before, toMs === undefined ? end : firstFrom(toMs));
          const kindsAsked = filtered ? [kind ?? null, application ?? null, without ?? null] : [];
          const given: SQLInputValue[] = [most, least, ...kindsAsked, limit];
          const query = filtered ? (findings ? sql.someFound : sql.some) : findings ? sql.found : sql.all;
          return (query.all(...given) as { idx: number }[]).map(({ idx }) => idx);
        },
        perDay: (fromMs) => sql.perDay.all(fromMs) as ReturnType<LogQueries["perDay"]>,
        withFindings: () => (sql.withFindings.get() as { entries: number }).entries,
      },
    };
  },
};
