// Machines that may ask: clients with a secret, and the short-lived tokens that they get for it. RFC 6749 § 4.4. Only digests are kept.
import type { DatabaseSync } from "node:sqlite";
import { type Scope, scopes } from "@fiducial/api";
import { NodeError } from "../node-error.ts";
import { digestOf, isSecret, newSecret } from "../sign-in/secrets.ts";

/** A machine, without its secret. Times in milliseconds since 1970. */
export interface TokenClient {
  /** Its actor on the ledger. */
  readonly client: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly addedAt: number;
  readonly revokedAt: number | null;
}

/** For how long a token is good, in seconds. */
export const tokenSeconds = 900;

export interface TokenClients {
  /** Keeps a client and returns its secret, which is told this once. */
  add(client: Pick<TokenClient, "client" | "name" | "scopes">): string;
  /** All of them, the oldest first. */
  list(): TokenClient[];
  /** Ends a client and its tokens. Throws CLIENT_UNKNOWN. */
  revoke(client: string): void;
  /** A token for a client that knows its secret and asks for no more than it has; or why not, as RFC 6749 § 5.2 says it. */
  issue(client: string, secret: string, asked?: readonly string[]): IssuedToken | "invalid_client" | "invalid_scope";
  /** Whose token this is, as long as it is good. */
  holderOf(token: string): TokenClient | undefined;
  /** How many tokens are good. */
  tokens(): number;
}

/** A token and what it is good for. */
export interface IssuedToken {
  readonly token: string;
  readonly scopes: readonly Scope[];
}

interface ClientRow {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly name: string;
  readonly scopes: string;
  readonly addedAt: number;
  readonly revokedAt: number | null;
}

/** Offers the clients of a database. */
export function tokenClientsIn(database: DatabaseSync, nowMs: () => number): TokenClients {
  const sql = {
    insert: database.prepare("INSERT INTO client VALUES (?, ?, ?, ?, ?, NULL)"),
    list: database.prepare("SELECT * FROM client ORDER BY addedAt, id"),
    find: database.prepare("SELECT * FROM client WHERE id = ? AND revokedAt IS NULL"),
    revoke: database.prepare("UPDATE client SET revokedAt = ? WHERE id = ? AND revokedAt IS NULL"),
    endTokens: database.prepare("DELETE FROM token WHERE client = ? OR endsAt <= ?"),
    addToken: database.prepare("INSERT INTO token VALUES (?, ?, ?, ?)"),
    tokens: database.prepare("SELECT count(*) AS tokens FROM token WHERE endsAt > ?"),
    holder: database.prepare(
      "SELECT id, client.digest, name, token.scopes AS scopes, addedAt, revokedAt FROM token JOIN client ON client.id = token.client WHERE token.digest = ? AND endsAt > ? AND revokedAt IS NULL",
    ),
  };
  const find = (client: string) => sql.find.get(client) as unknown as ClientRow | undefined;
  return {
    add: ({ client, name, scopes: held }) => {
      const secret = newSecret();
      sql.insert.run(client, digestOf(secret), name, held.join(" "), nowMs());
      return secret;
    },
    list: () => (sql.list.all() as unknown as ClientRow[]).map(clientOf),
    revoke: (client) => {
      if (sql.revoke.run(nowMs(), client).changes === 0) throw new NodeError("CLIENT_UNKNOWN");
      sql.endTokens.run(client, nowMs());
    },
    issue: (client, secret, asked) => {
      const row = find(client);
      // Whether the id or the secret was wrong is nobody's business, nor how long it took.
      if (!isSecret(secret, row?.digest ?? new Uint8Array(32)) || row === undefined) return "invalid_client";
      const held = scopesIn(row.scopes);
      const given = asked === undefined ? held : held.filter((scope) => asked.includes(scope));
      if (given.length === 0 || (asked !== undefined && given.length < new Set(asked).size)) return "invalid_scope";
      const token = newSecret();
      sql.endTokens.run("", nowMs());
      sql.addToken.run(digestOf(token), client, nowMs() + tokenSeconds * 1000, given.join(" "));
      return { token, scopes: given };
    },
    holderOf: (token) => {
      const row = sql.holder.get(digestOf(token), nowMs()) as unknown as ClientRow | undefined;
      return row && clientOf(row);
    },
    tokens: () => (sql.tokens.get(nowMs()) as { tokens: number }).tokens,
  };
}

/** The scopes in a text that lists names between spaces; others are left out. RFC 6749 § 3.3. */
export function scopesIn(text: string): Scope[] {
  const named = text.split(" ");
  return scopes.filter((scope) => named.includes(scope));
}

function clientOf({ id, name, scopes: held, addedAt, revokedAt }: ClientRow): TokenClient {
  return { client: id, name, scopes: scopesIn(held), addedAt, revokedAt };
}
