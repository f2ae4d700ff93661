// Organizations, actors, keys and roles as the kernel reads them: who a signer is on this log.
import type { DeclaredKey, Json, JsonObject } from "@fiducial/core";
import type { State, Write } from "./state.ts";

/** What an actor other than an organization can be. */
export const actorTypes = ["person", "ai", "device", "software"] as const;
export type ActorType = (typeof actorTypes)[number];

/** The roles a person can hold in an organization. */
export const roles = [
  "technologist",
  "radiologist",
  "referrer",
  "physicist",
  "trial-coordinator",
  "reader",
  "data-steward",
  "ai-developer",
  "educator",
  "auditor",
  "patient",
  "administrator",
] as const;
export type Role = (typeof roles)[number];

/** Who may state a kind: persons by role, the others by type; `anyone` is any registered actor. */
export type Party = Role | Exclude<ActorType, "person"> | "organization" | "anyone";

/** A contract version by its number and its digest (hex). */
export interface ContractReference {
  readonly version: number;
  readonly digest: string;
}

/** A log's own row: what entry 0 fixed, and what was changed since. */
export interface LogRow {
  readonly origin: string;
  readonly contract: ContractReference;
  /** A contract version that takes effect when the log has this many entries. */
  readonly next: (ContractReference & { readonly atIndex: number }) | null;
  /** How many organizations are registered. */
  readonly organizations: number;
  readonly sealed: boolean;
}

export interface OrganizationRow {
  /** Ids of the root keys that are not revoked. */
  readonly rootKeys: readonly string[];
}

export interface ActorRow {
  readonly type: ActorType;
  readonly organization: string;
  /** Ids of the keys that are not revoked. */
  readonly keys: readonly string[];
  /** A key was registered once: from then on keys change with the actor's own signature, or by recovery. */
  readonly bound: boolean;
  /** Sorted. */
  readonly roles: readonly Role[];
  readonly retired: boolean;
}

/** Why a key was revoked. */
export type RevocationReason = "lost" | "superseded" | "ceased" | "compromised";

export interface KeyRow extends DeclaredKey {
  readonly actor: string;
  /** An organization's own key. */
  readonly root: boolean;
  readonly registeredAt: string;
  readonly revoked: { readonly at: string; readonly reason: RevocationReason } | null;
  /** Since when signatures of this key prove nothing, if so; may lie before the revocation. */
  readonly compromisedSince: string | null;
}

const logKey = "identity/log";
const organizationKey = (id: string) => `identity/organization/${id}`;
const actorKey = (id: string) => `identity/actor/${id}`;
const keyKey = (id: string) => `identity/key/${id}`;

/** The directory as it stands in `state`. Rows were written by the functions below and by nobody else, so their shape is known. */
export const directory = {
  log: (state: State): LogRow | undefined => row(state, logKey),
  organization: (state: State, id: string): OrganizationRow | undefined => row(state, organizationKey(id)),
  actor: (state: State, id: string): ActorRow | undefined => row(state, actorKey(id)),
  key: (state: State, id: string): KeyRow | undefined => row(state, keyKey(id)),
} as const;

/** Writes of directory rows. */
export const writeDirectory = {
  log: (value: LogRow): Write => [logKey, json(value)],
  organization: (id: string, value: OrganizationRow): Write => [organizationKey(id), json(value)],
  actor: (id: string, value: ActorRow): Write => [actorKey(id), json(value)],
  key: (id: string, value: KeyRow): Write => [keyKey(id), json(value)],
} as const;

function row<Row>(state: State, key: string): Row | undefined {
  return state.get(key) as Row | undefined;
}

function json(value: object): JsonObject {
  return value as Json as JsonObject;
}
