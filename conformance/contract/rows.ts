// The rows of the state. docs/formats/contract.md § Rows.
import type { DeclaredKey } from "@fiducial/core";

/** Each row's members by the start of its key; the log's row has no id behind it. */
export interface Rows {
  "identity/log": LogRow;
  "identity/organization": { readonly rootKeys: readonly string[] };
  "identity/actor": ActorRow;
  "identity/key": KeyRow;
  "imaging/study": StudyRow;
  "imaging/correction": { readonly by: string; readonly notified: readonly string[]; readonly scopes: number };
  "imaging/erasure": { readonly approval: string; readonly executed: boolean; readonly organization: string };
}

interface LogRow {
  readonly contract: ContractName;
  readonly next: (ContractName & { readonly atIndex: number }) | null;
  readonly organizations: number;
  readonly origin: string;
  readonly sealed: boolean;
}

/** A contract by its version and the digest of its vectors. */
export interface ContractName {
  readonly digest: string;
  readonly version: number;
}

export interface ActorRow {
  readonly bound: boolean;
  readonly keys: readonly string[];
  readonly organization: string;
  readonly retired: boolean;
  readonly roles: readonly string[];
  readonly type: string;
}

export interface KeyRow extends DeclaredKey {
  readonly actor: string;
  readonly compromisedSince: string | null;
  readonly registeredAt: string;
  readonly revoked: { readonly at: string; readonly reason: string } | null;
  readonly root: boolean;
}

export interface StudyRow {
  readonly destruction: "none" | "approved" | "done";
  readonly frozen: boolean;
  readonly holds: readonly string[];
  readonly instances: number;
  readonly organization: string;
  readonly retainUntil: string | null;
}

/** The key of a row: its start and, but for the log's, the id behind it. */
export function rowKey(start: keyof Rows, id: string): string {
  return id === "" ? start : `${start}/${id}`;
}
