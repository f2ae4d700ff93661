// Studies by handle: what they hold, how they stand, and every entry that speaks of them.
import type { Json, JsonObject } from "@fiducial/core";
import { fromHex, toHex, utcTimeMs } from "@fiducial/core";
import type { FoldedEntry, Part } from "../fold.ts";
import { type AlteredCopy, alteredTables, openAlteredCopies } from "./altered-copies.ts";
import { openRejections, type Rejection, rejectionTables } from "./rejections.ts";

/** A study as the log knows it. */
export interface StudyFact {
  readonly study: string;
  /** The entry that registered or derived it. */
  readonly index: number;
  readonly recordedAtMs: number;
  readonly modalities: readonly string[];
  readonly series: number;
  readonly instances: number;
  readonly device: string | null;
  readonly derived: boolean;
  /** More came after it was registered. What statements say that they brought is added up: versions of one object, and series that were there, count as often as they came. */
  readonly extended: boolean;
  readonly frozen: boolean;
  readonly destruction: "none" | "approved" | "done";
}

/** Which studies to list. */
export interface StudyFilter {
  /** Studies registered before this entry only. */
  readonly before?: number;
  readonly limit: number;
  /** Studies with objects of this modality only. */
  readonly modality?: string;
  /** Studies of this device only, by its actor id. */
  readonly device?: string;
  /** Studies recorded at this time or later, and before `toMs`. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

export interface ImagingQueries {
  /** Studies, newest first. */
  studies(filter: StudyFilter): StudyFact[];
  /** Every modality that came up, with how many studies have it, in the order of their names. */
  modalities(): { readonly modality: string; readonly studies: number }[];
  study(handle: string): StudyFact | undefined;
  /** Entries that speak of a study, in the order of the log. */
  history(handle: string): number[];
  count(): number;
  /** Copies that were found altered at this time or later, as far as no other statement took the finding's place; newest first. */
  alteredCopies(filter: { readonly fromMs: number; readonly limit: number }): AlteredCopy[];
  /** What of a study is rejected: the whole of it, where a rejection says so, else what was rejected last. */
  rejection(study: string): Rejection | undefined;
  /** Studies whose correction is begun and not completed, or whose destruction is approved and not done; newest first. */
  unfinished(of: "correction" | "destruction", limit: number): StudyFact[];
}

const last = Number.MAX_SAFE_INTEGER;
const columns =
  "handle, idx, recordedAt, modalities, series, instances, device, derived, extended, frozen, destruction";

export const imagingPart: Part<ImagingQueries> = {
  tables: `
    CREATE TABLE imaging_study (id INTEGER PRIMARY KEY, handle BLOB NOT NULL, idx INTEGER NOT NULL, recordedAt INTEGER NOT NULL, modalities TEXT NOT NULL,
      series INTEGER NOT NULL, instances INTEGER NOT NULL, device TEXT, derived INTEGER NOT NULL, extended INTEGER NOT NULL DEFAULT 0, frozen INTEGER NOT NULL DEFAULT 0, destruction TEXT NOT NULL DEFAULT 'none') STRICT;
    CREATE UNIQUE INDEX imaging_study_handle ON imaging_study (handle);
    CREATE INDEX imaging_study_idx ON imaging_study (idx);
    CREATE INDEX imaging_study_time ON imaging_study (recordedAt, idx);
    CREATE INDEX imaging_study_frozen ON imaging_study (idx) WHERE frozen = 1;
    CREATE INDEX imaging_study_approved ON imaging_study (idx) WHERE destruction = 'approved';
    CREATE INDEX imaging_study_device ON imaging_study (device, idx) WHERE device IS NOT NULL;
    CREATE TABLE imaging_study_modality (modality TEXT NOT NULL, idx INTEGER NOT NULL, study INTEGER NOT NULL, PRIMARY KEY (modality, idx)) STRICT, WITHOUT ROWID;
    CREATE TABLE imaging_modality (modality TEXT PRIMARY KEY, studies INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE imaging_event (study INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (study, idx)) STRICT, WITHOUT ROWID;${alteredTables}${rejectionTables}`,

  open: (database) => {
    const sql = {
      add: database.prepare(
        "INSERT INTO imaging_study (handle, idx, recordedAt, modalities, series, instances, device, derived) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      ),
      id: database.prepare("SELECT id FROM imaging_study WHERE handle = ?"),
      place: database.prepare("SELECT id, idx FROM imaging_study WHERE handle = ?"),
      extend: database.prepare(
        "UPDATE imaging_study SET extended = 1, series = series + ?, instances = instances + ?, modalities = ? WHERE id = ?",
      ),
      freeze: database.prepare("UPDATE imaging_study SET frozen = ? WHERE id = ?"),
      destroy: database.prepare("UPDATE imaging_study SET destruction = ? WHERE id = ?"),
      spare: database.prepare(
        "UPDATE imaging_study SET destruction = 'none' WHERE id = ? AND destruction = 'approved'",
      ),
      addEvent: database.prepare("INSERT INTO imaging_event VALUES (?, ?) ON CONFLICT DO NOTHING"),
      one: database.prepare(`SELECT ${columns} FROM imaging_study WHERE handle = ?`),
      list: database.prepare(
        `SELECT ${columns} FROM imaging_study WHERE idx >= ? AND idx < ? ORDER BY idx DESC LIMIT ?`,
      ),
      ofDevice: database.prepare(
        `SELECT ${columns} FROM imaging_study WHERE idx >= ? AND idx < ? AND device = ? ORDER BY idx DESC LIMIT ?`,
      ),
      ofModality: database.prepare(
        `SELECT ${columns.replaceAll(/\w+/g, "study.$&")} FROM imaging_study_modality AS has CROSS JOIN imaging_study AS study ON study.id = has.study
         WHERE has.idx >= ?1 AND has.idx < ?2 AND has.modality = ?3 AND (?4 IS NULL OR study.device = ?4) ORDER BY has.idx DESC LIMIT ?5`,
      ),
      firstSince: database.prepare(
        "SELECT idx FROM imaging_study WHERE recordedAt >= ? ORDER BY recordedAt, idx LIMIT 1",
      ),
      addModality: database.prepare("INSERT INTO imaging_study_modality VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
      countModality: database.prepare(
        "INSERT INTO imaging_modality VALUES (?, 1) ON CONFLICT DO UPDATE SET studies = studies + 1",
      ),
      modalities: database.prepare("SELECT modality, studies FROM imaging_modality ORDER BY modality"),
      history: database.prepare(
        "SELECT idx FROM imaging_event WHERE study = (SELECT id FROM imaging_study WHERE handle = ?) ORDER BY idx",
      ),
      count: database.prepare("SELECT count(*) AS studies FROM imaging_study"),
      correction: database.prepare(`SELECT ${columns} FROM imaging_study WHERE frozen = 1 ORDER BY idx DESC LIMIT ?`),
      destruction: database.prepare(
        `SELECT ${columns} FROM imaging_study WHERE destruction = 'approved' ORDER BY idx DESC LIMIT ?`,
      ),
    };
    const altered = openAlteredCopies(database);
    const rejections = openRejections(database);
    const idOf = (handle: string): number | undefined => (sql.id.get(blob(handle)) as { id: number } | undefined)?.id;

    function register({ index, recordedAt, content }: FoldedEntry, derived: boolean): void {
      const { study, modalities, series, instances, device } = content.open;
      sql.add.run(
        blob(study),
        index,
        utcTimeMs(recordedAt) as number,
        (modalities as string[]).join("\\"),
        series as number,
        instances as number,
        (device as string) ?? null,
        derived ? 1 : 0,
      );
      noteModalities(study as string, modalities as string[]);
    }

    // A study stands under each of its modalities at the entry that registered it, so that lists of one modality are in the order of all.
    function noteModalities(handle: string, modalities: readonly string[]): void {
      const { id, idx } = sql.place.get(blob(handle)) as { id: number; idx: number };
      for (const modality of modalities)
        if (sql.addModality.run(modality, idx, id).changes > 0) sql.countModality.run(modality);
    }

    function extend({ content }: FoldedEntry): void {
      const { study, modalities, series, instances } = content.open;
      const before = queries.study(study as string);
      if (before === undefined) return;
      const all = [...new Set([...before.modalities, ...(modalities as string[])])].sort().join("\\");
      sql.extend.run(series as number, instances as number, all, idOf(study as string) as number);
      noteModalities(study as string, modalities as string[]);
    }

    function each(handles: readonly string[], change: (id: number) => void): void {
      for (const handle of handles) {
        const id = idOf(handle);
        if (id !== undefined) change(id);
      }
    }

    // What each kind of imaging changes about the studies it names, besides being part of their history.
    const changes: Readonly<Record<string, (entry: FoldedEntry) => void>> = {
      "imaging.study.registered": (entry) => register(entry, false),
      "imaging.study.derived": (entry) => register(entry, true),
      "imaging.study.extended": extend,
      "imaging.study.verified": altered.fold,
      "imaging.study.rejected": rejections.fold,
      "imaging.subject.corrected": ({ content }) => each(studiesOf(content.open), (id) => void sql.freeze.run(1, id)),
      "imaging.correction.completed": ({ content }) =>
        each(studiesOf(content.open), (id) => void sql.freeze.run(0, id)),
      // A hold calls off what was approved and is not done.
      "imaging.hold.placed": ({ content }) => each(studiesOf(content.open), (id) => void sql.spare.run(id)),
      "imaging.destruction.approved": ({ content }) =>
        each(studiesOf(content.open), (id) => void sql.destroy.run("approved", id)),
      "imaging.study.destroyed": ({ content }) =>
        each(studiesOf(content.open), (id) => void sql.destroy.run("done", id)),
    };

    // Entries are recorded in the order of time, so a time is a place in the log.
    const since = (ms: number): number => (sql.firstSince.get(ms) as { idx: number } | undefined)?.idx ?? last;

    const queries: ImagingQueries = {
      studies: ({ before = last, limit, modality, device, fromMs, toMs }) => {
        const range = [
          fromMs === undefined ? 0 : since(fromMs),
          Math.min(before, toMs === undefined ? last : since(toMs)),
        ];
        const found =
          modality !== undefined
            ? sql.ofModality.all(...range, modality, device ?? null, limit)
            : device !== undefined
              ? sql.ofDevice.all(...range, device, limit)
              : sql.list.all(...range, limit);
        return (found as unknown as StudyRecord[]).map(factOf);
      },
      modalities: () => sql.modalities.all() as { modality: string; studies: number }[],
      study: (handle) => {
        const row = sql.one.get(blob(handle)) as StudyRecord | undefined;
        return row && factOf(row);
      },
      history: (handle) => (sql.history.all(blob(handle)) as { idx: number }[]).map(({ idx }) => idx),
      count: () => (sql.count.get() as { studies: number }).studies,
      alteredCopies: altered.list,
      rejection: rejections.of,
      unfinished: (of, limit) => (sql[of].all(limit) as unknown as StudyRecord[]).map(factOf),
    };

    return {
      fold: (entry) => {
        if (!entry.content.kind.startsWith("imaging.")) return;
        changes[entry.content.kind]?.(entry);
        each(studiesOf(entry.content.open), (id) => void sql.addEvent.run(id, entry.index));
      },
      queries,
    };
  },
};

interface StudyRecord {
  readonly handle: Uint8Array;
  readonly idx: number;
  readonly recordedAt: number;
  readonly modalities: string;
  readonly series: number;
  readonly instances: number;
  readonly device: string | null;
  readonly derived: number;
  readonly extended: number;
  readonly frozen: number;
  readonly destruction: StudyFact["destruction"];
}

function factOf({ handle, idx, recordedAt, modalities, derived, extended, frozen, ...rest }: StudyRecord): StudyFact {
  const list = modalities === "" ? [] : modalities.split("\\");
  return {
    ...rest,
    study: toHex(handle),
    index: idx,
    recordedAtMs: recordedAt,
    modalities: list,
    derived: derived === 1,
    extended: extended === 1,
    frozen: frozen === 1,
  };
}

/** The studies that an entry's open fields name: the one it is about, those it lists, those it derives from. */
export function studiesOf({ study, studies, sources }: JsonObject): string[] {
  const named: readonly (Json | undefined)[] = [study, ...asList(studies), ...asList(sources)];
  return named.filter((handle): handle is string => typeof handle === "string");
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function blob(handle: Json | undefined): Uint8Array {
  return (typeof handle === "string" && fromHex(handle)) || new Uint8Array();
}
