// Security events that wait for a receiver: kept durably until it has them, each receiver at a place of its own. Bounded in bytes: then the oldest of the least important go.
import { DatabaseSync } from "node:sqlite";
import type { SecurityEvent } from "./security-event.ts";

/** An event at its place. */
export interface KeptEvent {
  /** From 1, growing. */
  readonly place: number;
  readonly event: SecurityEvent;
}

/** The events of one node. */
export interface EventJournal {
  /**
   * Durable when it returns. Returns how many events, of those that were kept before, went to make room. `lost` is how many could not be kept at all
   * since it was last told: they count as dropped.
   */
  append(events: readonly SecurityEvent[], lost?: number): number;
  /** The next events after a place. */
  after(place: number, most: number): KeptEvent[];
  /** Up to where a receiver has them. */
  reached(receiver: string): number;
  /** Notes that a receiver has everything up to a place; events that all receivers have go. */
  advance(receiver: string, place: number): void;
  waiting(receiver: string): number;
  /** Events that went to make room since nothing waited any more. */
  dropped(): number;
  /** Entries of the log up to the last one of which an event is kept; undefined when there was none yet. */
  entriesTold(): number | undefined;
  close(): void;
}

const schema = `
CREATE TABLE IF NOT EXISTS event (place INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL, importance INTEGER NOT NULL DEFAULT 2) STRICT;
CREATE INDEX IF NOT EXISTS event_by_importance ON event (importance, place);
CREATE TABLE IF NOT EXISTS dropped (one INTEGER PRIMARY KEY CHECK (one = 1), events INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS told (one INTEGER PRIMARY KEY CHECK (one = 1), entries INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS receiver (name TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT;
`;

/** Some two hundred thousand events: months of a hospital's, minutes of somebody who knocks at the door. */
const usualMostBytes = 2 ** 26;
/** Room is made by the eighth, so that it is not made for each event. */
const shareMade = 8;

/** Opens a journal for these receivers that keeps about `mostBytes` of events. Receivers that are not named any more are forgotten. Throws what SQLite throws. */
export function openEventJournal(
  path: string,
  receivers: readonly string[],
  mostBytes: number = usualMostBytes,
): EventJournal {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000");
  addImportance(database);
  database.exec(schema);
  const names = JSON.stringify(receivers);
  database.prepare("DELETE FROM receiver WHERE name NOT IN (SELECT value FROM json_each(?))").run(names);
  // A new receiver begins with what is kept.
  const first =
    "SELECT coalesce(min(place) - 1, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'event')) FROM event";
  database.prepare(`INSERT OR IGNORE INTO receiver SELECT value, (${first}) FROM json_each(?)`).run(names);
  const noteTold = database.prepare(
    "INSERT INTO told VALUES (1, ?1) ON CONFLICT DO UPDATE SET entries = max(entries, ?1)",
  );
  const told = database.prepare("SELECT entries FROM told");
  const insert = database.prepare("INSERT INTO event (json, importance) VALUES (?, ?)");
  const next = database.prepare("SELECT place, json FROM event WHERE place > ? ORDER BY place LIMIT ?");
  const place = database.prepare("SELECT place FROM receiver WHERE name = ?");
  const count = database.prepare(
    "SELECT count(*) AS waiting FROM event WHERE place > (SELECT place FROM receiver WHERE name = ?)",
  );
  const move = database.prepare("UPDATE receiver SET place = max(place, ?) WHERE name = ?");
  const forget = database.prepare(
    "DELETE FROM event WHERE place <= (SELECT min(place) FROM receiver) RETURNING length(json) AS bytes",
  );
  const least = database.prepare(
    "DELETE FROM event WHERE place IN (SELECT place FROM event ORDER BY importance, place LIMIT 100) RETURNING length(json) AS bytes",
  );
  const noteDropped = database.prepare(
    "INSERT INTO dropped VALUES (1, ?1) ON CONFLICT DO UPDATE SET events = events + ?1",
  );
  const dropped = database.prepare("SELECT events FROM dropped");
  const caughtUp = database.prepare("DELETE FROM dropped WHERE NOT EXISTS (SELECT 1 FROM event)");
  const { total } = database
    .prepare("SELECT coalesce(sum(length(json)), 0) AS total FROM event")
    .get() as unknown as Total;
  let bytes = total;

  // What is counted in memory counts what is on the disk.
  function together<Result>(work: () => Result): Result {
    const before = bytes;
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (thrown) {
      bytes = before;
      if (database.isTransaction) database.exec("ROLLBACK");
      throw thrown;
    }
  }

  function makeRoom(wanted: number): number {
    if (bytes + wanted <= mostBytes) return 0;
    let gone = 0;
    while (bytes > 0 && bytes + wanted > mostBytes - mostBytes / shareMade) {
      const rows = least.all() as unknown as Row[];
      gone += rows.length;
      bytes -= sumOf(rows);
    }
    noteDropped.run(gone);
    return gone;
  }

  return {
    append: (events, lost = 0) =>
      together(() => {
        if (lost > 0) noteDropped.run(lost);
        const texts = events.map((event) => JSON.stringify(event));
        const gone = makeRoom(texts.reduce((sum, text) => sum + text.length, 0));
        for (const [at, text] of texts.entries()) insert.run(text, importanceOf(events[at] as SecurityEvent));
        bytes += texts.reduce((sum, text) => sum + text.length, 0);
        const entries = Math.max(0, ...events.map(({ index = -1 }) => index + 1));
        if (entries > 0) noteTold.run(entries);
        return gone;
      }),
    after: (from, most) =>
      (next.all(from, most) as { place: number; json: string }[]).map((row) => ({
        place: row.place,
        event: JSON.parse(row.json) as SecurityEvent,
      })),
    reached: (receiver) => (place.get(receiver) as { place: number } | undefined)?.place ?? 0,
    advance: (receiver, to) =>
      together(() => {
        move.run(to, receiver);
        bytes -= sumOf(forget.all() as unknown as Row[]);
        caughtUp.run();
      }),
    waiting: (receiver) => (count.get(receiver) as { waiting: number }).waiting,
    dropped: () => (dropped.get() as { events: number } | undefined)?.events ?? 0,
    entriesTold: () => (told.get() as { entries: number } | undefined)?.entries,
    close: () => database.close(),
  };
}

interface Total {
  readonly total: number;
}

interface Row {
  readonly bytes: number;
}

function sumOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.bytes, 0);
}

/** What goes first where there is no room: 0. Whoever was refused can knock as often as they like; what the ledger has too can be found there; the rest is known here only. */
export function importanceOf({ outcome, index }: SecurityEvent): number {
  if (outcome === "refused") return 0;
  return index === undefined ? 2 : 1;
}

// Journals of earlier versions have no such column.
function addImportance(database: DatabaseSync): void {
  const columns = database.prepare("SELECT name FROM pragma_table_info('event')").all() as { name: string }[];
  if (columns.length > 0 && !columns.some(({ name }) => name === "importance"))
    database.exec("ALTER TABLE event ADD COLUMN importance INTEGER NOT NULL DEFAULT 2");
}
