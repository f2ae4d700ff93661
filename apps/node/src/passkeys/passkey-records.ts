// What a node remembers of passkeys beside what the ledger has: by which id browsers find them, how often they have signed.
import type { DatabaseSync } from "node:sqlite";

/** A passkey as this node remembers it. */
export interface PasskeyRecord {
  /** Its id in browsers, base64url: a hint. No signature covers it, so two keys may come with one. */
  readonly credential: string;
  /** Its key's id on the ledger. */
  readonly key: string;
  readonly transports: readonly string[];
  /** How often it says that it has signed; 0 for those that do not count. */
  readonly counter: number;
  /** When it was last used here, in milliseconds since 1970; 0 when it was not. */
  readonly usedAt: number;
}

export interface PasskeyRecords {
  /** Remembers a passkey whose key is not known yet; of others nothing is changed. */
  put(record: Omit<PasskeyRecord, "usedAt">): void;
  /** Those that came with an id in browsers. */
  byCredential(credential: string): readonly PasskeyRecord[];
  byKey(key: string): PasskeyRecord | undefined;
  remove(key: string): void;
  /**
   * Notes that a passkey was used. False, and nothing is noted, when its counter has not grown since the last time though it counts:
   * then there are two of it. WebAuthn Level 3 § 6.1.1.
   */
  used(key: string, counter: number): boolean;
}

interface Row {
  readonly credential: Uint8Array;
  readonly key: string;
  readonly transports: string;
  readonly counter: number;
  readonly usedAt: number;
}

/** Offers the records of a database. */
export function passkeyRecordsIn(database: DatabaseSync, nowMs: () => number): PasskeyRecords {
  const sql = {
    put: database.prepare("INSERT INTO passkey VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING"),
    byCredential: database.prepare("SELECT * FROM passkey WHERE credential = ?"),
    byKey: database.prepare("SELECT * FROM passkey WHERE key = ?"),
    remove: database.prepare("DELETE FROM passkey WHERE key = ?"),
    used: database.prepare(
      "UPDATE passkey SET counter = ?1, usedAt = ?2 WHERE key = ?3 AND (?1 > counter OR (?1 = 0 AND counter = 0))",
    ),
  };
  return {
    put: ({ credential, key, transports, counter }) =>
      void sql.put.run(key, Buffer.from(credential, "base64url"), transports.join(), counter),
    byCredential: (credential) => sql.byCredential.all(Buffer.from(credential, "base64url")).map(recordOf),
    byKey: (key) => {
      const found = sql.byKey.get(key);
      return found && recordOf(found);
    },
    remove: (key) => void sql.remove.run(key),
    used: (key, counter) => sql.used.run(counter, nowMs(), key).changes === 1,
  };
}

function recordOf(found: unknown): PasskeyRecord {
  const { credential, key, transports, counter, usedAt } = found as Row;
  return {
    credential: Buffer.from(credential).toString("base64url"),
    key,
    transports: transports === "" ? [] : transports.split(","),
    counter,
    usedAt,
  };
}
