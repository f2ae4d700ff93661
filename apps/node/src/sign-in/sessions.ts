// Sessions: kept on the server, found by the digest of a random id that only the browser has, ended by time, by their owner, or by an administrator.
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Role } from "@fiducial/contract";
import { digestOf, newHandle, newSecret, openWith, sealFor } from "./secrets.ts";

/** Who signed in, as it was found then. */
export interface SignedIn {
  readonly subject: string;
  readonly actor: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The issuer's ID token, by which it knows at sign-out whom it is about; empty where a passkey let in. */
  readonly idToken: string;
}

/** A session as its cookie opens it. */
export interface Session extends SignedIn {
  readonly handle: string;
}

/** What can be told of a session without its cookie. Times in milliseconds since 1970. */
export interface SessionFacts {
  readonly handle: string;
  readonly subject: string;
  readonly begunAt: number;
  readonly seenAt: number;
}

/** For how long a session is good, in milliseconds. */
export interface SessionTerms {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/** Half an hour without a request, and twelve hours in all. */
export const defaultSessionTerms: SessionTerms = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 };

export interface Sessions {
  /** Begins a session and returns its id, for the cookie. */
  begin(person: SignedIn): string;
  /** The session of this id, if it is good. */
  of(id: string): Session | undefined;
  /** Notes that somebody uses the session. */
  touch(id: string): void;
  end(id: string): void;
  /** The good sessions, the newest first; those of one subject when it is named. */
  list(subject?: string): SessionFacts[];
  /** Ends one of a subject's sessions by its handle; tells whether there was one. */
  endOne(subject: string, handle: string): boolean;
  /** Ends every session of a subject, and returns how many there were. */
  endAll(subject: string): number;
  /** Takes away those whose time is over. */
  endOld(): void;
}

/** Offers the sessions of a database. Each that ends, by whatever, is told to `ended` with its subject, once. */
export function sessionsIn(
  database: DatabaseSync,
  { idleMs, absoluteMs }: SessionTerms,
  nowMs: () => number,
  ended: (subject: string) => void = () => {},
): Sessions {
  const sql = {
    insert: database.prepare("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)"),
    find: database.prepare(
      "SELECT handle, seenAt, begunAt, sealed FROM session WHERE digest = ? AND begunAt > ? AND seenAt > ?",
    ),
    touch: database.prepare("UPDATE session SET seenAt = ?1 WHERE digest = ?2 AND seenAt < ?1 - ?3"),
    end: database.prepare("DELETE FROM session WHERE digest = ? RETURNING subject"),
    list: database.prepare(
      "SELECT handle, subject, begunAt, seenAt FROM session WHERE begunAt > ? AND seenAt > ? AND subject = coalesce(?, subject) ORDER BY begunAt DESC, handle",
    ),
    endOne: database.prepare("DELETE FROM session WHERE subject = ? AND handle = ? RETURNING subject"),
    endAll: database.prepare("DELETE FROM session WHERE subject = ? RETURNING subject"),
    endOld: database.prepare("DELETE FROM session WHERE begunAt <= ? OR seenAt <= ? RETURNING subject"),
  };
  const bounds = () => [nowMs() - absoluteMs, nowMs() - idleMs] as const;
  const end = (statement: StatementSync, ...given: readonly (string | number | Uint8Array)[]): number => {
    const rows = statement.all(...given);
    for (const { subject } of rows) ended(subject as string);
    return rows.length;
  };
  const endOld = () => void end(sql.endOld, ...bounds());
  return {
    endOld,
    begin: (person) => {
      endOld();
      const id = newSecret();
      const now = nowMs();
      sql.insert.run(digestOf(id), newHandle(), person.subject, now, now, sealFor(id, person));
      return id;
    },
    of: (id) => {
      const row = sql.find.get(digestOf(id), ...bounds());
      if (row === undefined) return undefined;
      return { ...(openWith(id, row["sealed"] as Uint8Array) as SignedIn), handle: row["handle"] as string };
    },
    // Written once in a while: each request would else be a write.
    touch: (id) => void sql.touch.run(nowMs(), digestOf(id), Math.min(60_000, idleMs / 30)),
    end: (id) => void end(sql.end, digestOf(id)),
    list: (subject) => sql.list.all(...bounds(), subject ?? null) as unknown as SessionFacts[],
    endOne: (subject, handle) => end(sql.endOne, subject, handle) === 1,
    endAll: (subject) => end(sql.endAll, subject),
  };
}
