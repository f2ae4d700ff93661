// Who holds keys, and how they come and go: an actor's keys, and an organization's root keys.
import { type DeclaredKey, keyIdOf } from "@fiducial/core";
import { type ActorRow, directory, type KeyRow, type RevocationReason, writeDirectory } from "../kernel/directory.ts";
import type { Context } from "../kernel/kind.ts";
import type { SignerFacts } from "../kernel/parties.ts";
import type { State, Write } from "../kernel/state.ts";

/** How many keys somebody holds at a time. */
export const mostKeys = 8;

/** Somebody who holds keys: an actor, or an organization. */
export interface KeyHolder {
  readonly id: string;
  readonly organization: string;
  /** An organization: its keys are root keys. */
  readonly root: boolean;
  /** Ids of the keys that are not revoked. */
  readonly keys: readonly string[];
}

/** The organization or actor with this id, or undefined. */
export function keyHolder(state: State, id: string): KeyHolder | undefined {
  const organization = directory.organization(state, id);
  if (organization !== undefined) return { id, organization: id, root: true, keys: organization.rootKeys };
  const actor = directory.actor(state, id);
  return actor && { id, organization: actor.organization, root: false, keys: actor.keys };
}

/** A key as it is registered. */
export function newKeyRow(key: DeclaredKey, actor: string, root: boolean, registeredAt: string): KeyRow {
  return { ...key, actor, root, registeredAt, revoked: null, compromisedSince: null };
}

/** Why the one key that a statement introduces cannot become a holder's, besides weakness, which the kernel sees to: it must counter-sign, and be new. */
export function newKeyFault(
  state: State,
  { approvers }: Pick<Context<unknown>, "approvers">,
  key: DeclaredKey,
): "POSSESSION_NOT_PROVED" | "KEY_EXISTS" | undefined {
  if (!approvers.some(({ introduced }) => introduced)) return "POSSESSION_NOT_PROVED";
  return directory.key(state, keyIdOf(key)) === undefined ? undefined : "KEY_EXISTS";
}

/** Tells whether a signer may end a key: its holder, or those who answer for the holder; an organization alone for its own. */
export function mayEndKey(state: State, { actor, type, organization, roles }: SignerFacts, key: KeyRow): boolean {
  if (actor === key.actor) return true;
  if (key.root || directory.actor(state, key.actor)?.organization !== organization) return false;
  return type === "organization" || roles.includes("administrator");
}

/** How a holder's keys change at once. */
export interface KeyChange {
  readonly add?: DeclaredKey;
  /** Ids of keys that are not revoked yet. */
  readonly revoke: readonly string[];
  readonly reason: RevocationReason;
  readonly at: string;
  /** For revoked keys: since when they prove nothing. */
  readonly compromisedSince?: string;
}

/** The writes of a change to a holder's keys. */
export function keyChangeWrites(state: State, holder: KeyHolder, change: KeyChange): readonly Write[] {
  const { add, revoke, reason, at, compromisedSince = null } = change;
  const kept = holder.keys.filter((id) => !revoke.includes(id));
  const revoked = revoke.map((id): Write => {
    const row = directory.key(state, id) as KeyRow;
    return writeDirectory.key(id, { ...row, revoked: { at, reason }, compromisedSince });
  });
  if (add === undefined) return [...revoked, holderWrite(state, holder, kept)];
  const id = keyIdOf(add);
  const added = writeDirectory.key(id, newKeyRow(add, holder.id, holder.root, at));
  return [...revoked, added, holderWrite(state, holder, [...kept, id])];
}

function holderWrite(state: State, { id, root }: KeyHolder, keys: readonly string[]): Write {
  if (root) return writeDirectory.organization(id, { rootKeys: keys });
  return writeDirectory.actor(id, { ...(directory.actor(state, id) as ActorRow), keys, bound: true });
}
