// A public key becomes an actor's. DESIGN § 5, Keys.
import { z } from "zod";
import { directory } from "../kernel/directory.ts";
import { ActorId, PublicKeyField } from "../kernel/fields.ts";
import { accept, type Context, kind, refuse } from "../kernel/kind.ts";
import type { State } from "../kernel/state.ts";
import { type KeyHolder, keyChangeWrites, keyHolder, mostKeys, newKeyFault } from "./key-holders.ts";
import { activeOwnActor } from "./own-actor.ts";

/**
 * An organization registers a key for an actor of its own, or a further root key for itself; the key counter-signs,
 * which shows that somebody holds it. Once an actor has had a key, it counter-signs as well: whoever could add keys to
 * others alone could sign in their name.
 */
export const keyRegistered = kind("identity.key.registered", 1, {
  nature: "act",
  by: ["administrator", "organization"],
  home: "each",
  says: "An organization registers a key for an actor of its own, or a further root key for itself.",
  open: z.strictObject({ actor: ActorId, key: PublicKeyField }),
  sealed: z.strictObject({}),
  refusals: [
    "ROOT_KEY_RESERVED",
    "ACTOR_UNKNOWN",
    "ACTOR_RETIRED",
    "ACTOR_OF_OTHER_ORGANIZATION",
    "POSSESSION_NOT_PROVED",
    "KEY_EXISTS",
    "HOLDER_DOES_NOT_SIGN",
    "KEYS_TOO_MANY",
  ],
  findings: [],

  introduces: ({ actor, key }) => [{ actor, key, founds: false }],

  decide(state, context) {
    const { open, recordedAt: at } = context;
    const fault = holderFault(state, context) ?? newKeyFault(state, context, open.key) ?? consentFault(state, context);
    if (fault !== undefined) return refuse(fault);
    const holder = keyHolder(state, open.actor) as KeyHolder;
    if (holder.keys.length >= mostKeys) return refuse("KEYS_TOO_MANY");
    return accept(keyChangeWrites(state, holder, { add: open.key, revoke: [], reason: "superseded", at }));
  },
});

type Registration = Pick<Context<{ readonly actor: string }>, "open" | "signer" | "approvers">;

function holderFault(state: State, { open, signer }: Registration) {
  if (directory.organization(state, open.actor) !== undefined) {
    return signer.actor === open.actor ? undefined : "ROOT_KEY_RESERVED";
  }
  const actor = activeOwnActor(state, open.actor, signer);
  return typeof actor === "string" ? actor : undefined;
}

function consentFault(state: State, { open, signer, approvers }: Registration) {
  if (directory.actor(state, open.actor)?.bound !== true) return undefined;
  const signs = [signer, ...approvers].some(({ actor, introduced }) => actor === open.actor && !introduced);
  return signs ? undefined : "HOLDER_DOES_NOT_SIGN";
}
