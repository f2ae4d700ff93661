// A second replica of a log's state: rows, statements and the running digest. docs/formats/entry.md § Verdict.
import { nextStateDigest } from "./canonical-text.ts";

/** What the entries before a statement have made. */
export interface Replica {
  readonly rows: ReadonlyMap<string, unknown>;
  /** Kind and first signer's organization of each statement, by id. */
  readonly statements: ReadonlyMap<string, { readonly kind: string; readonly organization: string }>;
  readonly digest: Buffer;
}

/** The replica of an empty log. */
export const emptyReplica: Replica = { rows: new Map(), statements: new Map(), digest: Buffer.alloc(32) };

/** The replica after one entry more. */
export function extended(
  { rows, statements, digest }: Replica,
  id: string,
  said: { readonly kind: string; readonly organization: string },
  writes: ReadonlyMap<string, unknown>,
): Replica {
  const after = new Map([...rows, ...writes]);
  for (const [key, value] of writes) if (value === null) after.delete(key);
  return { rows: after, statements: new Map([...statements, [id, said]]), digest: nextStateDigest(digest, writes) };
}
