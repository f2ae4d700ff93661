// The book of connections: what each brought, when it was last heard and what was wrong, so that a restart forgets none of it. No patient data, not even a UID.
import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { openOrPutAside } from "../folder/checked-database.ts";
import type { Clock } from "../intake/clock.ts";
import { type Connection, type ConnectionStanding, connectionId } from "./connection-standing.ts";

/** What is kept of a connection. Times are POSIX milliseconds. */
export type Account = Pick<
  ConnectionStanding,
  | "state"
  | "sinceMs"
  | "received"
  | "refused"
  | "bytes"
  | "lastObjectMs"
  | "lastError"
  | "receivedSinceError"
  | "releases"
  | "differing"
>;

/** An account whose connection is known by name: a DICOM system's that brought something. Who else sends may be a person, and who is only ever refused calls itself as it likes: they are named to the disk by a digest only. */
export interface NamedAccount extends Pick<Connection, "id" | "type" | "name"> {
  readonly account: Account;
}

export interface AccountBook {
  /** Accounts of DICOM systems, the longest silent first. */
  named(): readonly NamedAccount[];
  /** The account of a connection, as it was noted last. */
  of(id: string): Account | undefined;
  /** Notes how a connection stands. It is on the disk a few seconds later, together with whatever else was noted until then. */
  note(standing: ConnectionStanding): void;
  /** Forgets an account, now. A disk that does not take it has it again at the next start. */
  forget(id: string): void;
  /** Writes what was noted, and closes. A disk that does not take it keeps nobody from closing. */
  close(): void;
}

/** So many; of more, those go that never brought anything, then those that were not heard for the longest. */
const mostAccounts = 1000;
/** What a process that is killed may not have written. */
const everyMs = 5000;

const schema =
  "CREATE TABLE IF NOT EXISTS account (digest TEXT PRIMARY KEY, heard INTEGER NOT NULL, json TEXT NOT NULL) STRICT;";

interface Row {
  readonly digest: string;
  readonly json: string;
}

const Count = z.int().min(0);
const Written = z.object({
  state: z.enum(["works", "failed", "idle"]),
  ...{ sinceMs: z.number(), received: Count, refused: Count, bytes: Count },
  lastObjectMs: z.number().optional(),
  lastError: z.object({ code: z.string(), atMs: z.number() }).optional(),
  receivedSinceError: Count.optional(),
  releases: z.object({ waiting: Count, altered: Count, kept: Count }).optional(),
  differing: z.array(z.object({ digest: z.string(), study: z.string(), code: z.string() })).optional(),
  named: z.object({ id: z.string().regex(connectionId), type: z.literal("dimse"), name: z.string() }).optional(),
});
type Written = Account & { readonly named?: Pick<Connection, "id" | "type" | "name"> };

/** Opens the book. One that is damaged is put aside, and counting begins anew. Throws FOLDER_NOT_WRITABLE. */
export function openAccountBook(path: string, clock: Pick<Clock, "after">, nowMs: () => number): AccountBook {
  const { database } = openOrPutAside(path, schema);
  const pages = pagesIn(database);
  const noted = new Map<string, { readonly heardMs: number; readonly written: Written }>();
  let cancel: (() => void) | undefined;

  function write(): void {
    cancel = undefined;
    try {
      pages.write([...noted].map(([digest, { heardMs, written }]) => ({ digest, heardMs, written })));
      noted.clear();
    } catch {
      // A full disk has more important things to take. What was noted waits for the next time.
    }
  }

  return {
    named: () => pages.all().flatMap(({ named, ...account }) => (named === undefined ? [] : [{ ...named, account }])),
    of: (id) => {
      const { named, ...account } = noted.get(digestOf(id))?.written ?? pages.of(digestOf(id)) ?? {};
      return "state" in account ? account : undefined;
    },
    note: (standing) => {
      noted.set(digestOf(standing.id), { heardMs: nowMs(), written: writtenOf(standing) });
      cancel ??= clock.after(everyMs, write);
    },
    forget: (id) => {
      noted.delete(digestOf(id));
      try {
        pages.forget(digestOf(id));
      } catch {
        // It is nothing that a page has to fail for.
      }
    },
    close: () => {
      cancel?.();
      write();
      if (database.isOpen) database.close();
    },
  };
}

function pagesIn(database: DatabaseSync) {
  const put = database.prepare("INSERT OR REPLACE INTO account VALUES (?, ?, ?)");
  const find = database.prepare("SELECT digest, json FROM account WHERE digest = ?");
  const gone = database.prepare("DELETE FROM account WHERE digest = ?");
  const list = database.prepare("SELECT digest, json FROM account ORDER BY heard, digest");
  const bound = database.prepare(
    `DELETE FROM account WHERE digest NOT IN (SELECT digest FROM account ORDER BY
      CASE WHEN json_valid(json) THEN json_extract(json, '$.received') > 0 ELSE 0 END DESC, heard DESC, digest LIMIT ?)`,
  );
  return {
    of: (digest: string) => {
      const found = find.get(digest);
      return found && writtenIn(found);
    },
    forget: (digest: string) => void gone.run(digest),
    all: () => list.all().flatMap((row) => writtenIn(row) ?? []),
    write: (accounts: readonly { readonly digest: string; readonly heardMs: number; readonly written: Written }[]) => {
      if (accounts.length === 0) return;
      database.exec("BEGIN IMMEDIATE");
      try {
        for (const { digest, heardMs, written } of accounts) put.run(digest, heardMs, JSON.stringify(written));
        bound.run(mostAccounts);
        database.exec("COMMIT");
      } catch (thrown) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw thrown;
      }
    },
  };
}

// What a later or a foreign program wrote is no account here: counts are nothing that a node has to stay closed for.
function writtenIn(row: unknown): Written | undefined {
  try {
    return Written.parse(JSON.parse((row as Row).json)) as Written;
  } catch {
    return undefined;
  }
}

function writtenOf(standing: ConnectionStanding): Written {
  const { id, type, name, state, sinceMs, received, refused, bytes } = standing;
  const { lastObjectMs, lastError, receivedSinceError, releases, differing } = standing;
  return {
    ...{ state, sinceMs, received, refused, bytes },
    ...(lastObjectMs !== undefined && { lastObjectMs }),
    ...(lastError !== undefined && { lastError }),
    ...(receivedSinceError !== undefined && { receivedSinceError }),
    ...(releases !== undefined && { releases }),
    ...(differing !== undefined && { differing: [...differing] }),
    ...(type === "dimse" && received > 0 && { named: { id, type, name } }),
  };
}

function digestOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}
