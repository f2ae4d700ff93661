// The contract's state: a key-value store that one statement after another reads and writes. DESIGN § 6.
import { canonicalJson, compareNames, type Json, sha256, utf8 } from "@fiducial/core";

/** What the rules may know of an earlier statement of the same log. */
export interface StatementRow {
  readonly index: number;
  readonly kind: string;
  readonly organization: string;
}

/** The state before a statement. Reading is all that rules may do with it. */
export interface State {
  /** The value under `key`, or undefined. Keys read `<application>/<noun>/<id>`. */
  get(key: string): Json | undefined;
  /** An accepted statement of this log by its id, or undefined. */
  statement(id: string): StatementRow | undefined;
}

/** One change: the new value under a key; null takes the key away. */
export type Write = readonly [key: string, value: Json];

/** The state digest of an empty log: 32 zero bytes. */
export const emptyStateDigest: Uint8Array = new Uint8Array(32);

const domain = utf8("fiducial-state-v1\0");

/** Advances the running state digest by one accepted statement: SHA-256(domain ‖ digest ‖ canonical JSON of its writes, by key). */
export function advanceStateDigest(digest: Uint8Array, writes: readonly Write[]): Uint8Array {
  const ordered = [...writes].sort(([a], [b]) => compareNames(a, b));
  return sha256(domain, digest, utf8(canonicalJson(ordered)));
}

/** Lays writes over a state, so that a statement's own effects can be read before they are kept. */
export function withWrites(state: State, writes: readonly Write[]): State {
  const changed = new Map(writes);
  return {
    get: (key) => (changed.has(key) ? (changed.get(key) ?? undefined) : state.get(key)),
    statement: (id) => state.statement(id),
  };
}
