// Security events that wait for a receiver: kept durably until it has them, each receiver at a place of its own.
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
  /** Durable when it returns. */
  append(events: readonly SecurityEvent[]): void;
  /** The next events after a place. */
  after(place: number, most: number): KeptEvent[];
  /** Up to where a receiver has them. */
  reached(receiver: string): number;
  /** Notes that a receiver has everything up to a place; events that all receivers have go. */
  advance(receiver: string, place: number): void;
  waiting(receiver: string): number;
  /** Entries of the log up to the last one of which an event is kept; undefined when there was none yet. */
  entriesTold(): number | undefined;
  close(): void;
}

const schema = `
CREATE TABLE IF NOT EXISTS event (place INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS told (one INTEGER PRIMARY KEY CHECK (one = 1), entries INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS receiver (name TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT;
`;

/** Opens a journal for these receivers. Receivers that are not named any more are forgotten. Throws what SQLite throws. */
export function openEventJournal(path: string, receivers: readonly string[]): EventJournal {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000");
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
  const insert = database.prepare("INSERT INTO event (json) VALUES (?)");
  const next = database.prepare("SELECT place, json FROM event WHERE place > ? ORDER BY place LIMIT ?");
  const place = database.prepare("SELECT place FROM receiver WHERE name = ?");
  const count = database.prepare(
    "SELECT count(*) AS waiting FROM event WHERE place > (SELECT place FROM receiver WHERE name = ?)",
  );
  const move = database.prepare("UPDATE receiver SET place = max(place, ?) WHERE name = ?");
  const forget = database.prepare("DELETE FROM event WHERE place <= (SELECT min(place) FROM receiver)");

  function together(work: () => void): void {
    database.exec("BEGIN IMMEDIATE");
    try {
      work();
      database.exec("COMMIT");
    } catch (thrown) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw thrown;
    }
  }

  return {
    append: (events) =>
      together(() => {
        for (const event of events) insert.run(JSON.stringify(event));
        const entries = Math.max(0, ...events.map(({ index = -1 }) => index + 1));
        if (entries > 0) noteTold.run(entries);
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
        forget.run();
      }),
    waiting: (receiver) => (count.get(receiver) as { waiting: number }).waiting,
    entriesTold: () => (told.get() as { entries: number } | undefined)?.entries,
    close: () => database.close(),
  };
}
