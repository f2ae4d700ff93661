// Somebody lost every key and gets a new one. DESIGN § 5, Keys; two approvers, visibly.
import { z } from "zod";
import { approversOf } from "../kernel/approvals.ts";
import type { Party } from "../kernel/directory.ts";
import { ActorId, PublicKeyField } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { type KeyHolder, keyChangeWrites, keyHolder, newKeyFault } from "./key-holders.ts";
import { activeOwnActor } from "./own-actor.ts";

const by: readonly Party[] = ["administrator", "organization"];

/** Two who answer for the organization, neither of them the actor, bind an actor to a new key; all its others are revoked. */
export const keyRecovered = kind("identity.key.recovered", 1, {
  nature: "act",
  by,
  home: "each",
  says: "Two who answer for the organization bind an actor to a new key; all its others are revoked.",
  open: z.strictObject({ actor: ActorId, key: PublicKeyField }),
  sealed: z.strictObject({}),
  refusals: [
    "ACTOR_UNKNOWN",
    "ACTOR_RETIRED",
    "ACTOR_OF_OTHER_ORGANIZATION",
    "SELF_APPROVAL",
    "APPROVALS_TOO_FEW",
    "POSSESSION_NOT_PROVED",
    "KEY_EXISTS",
  ],
  findings: [],

  introduces: ({ actor, key }) => [{ actor, key, founds: false }],

  decide(state, context) {
    const { open, signer, approvers, recordedAt: at } = context;
    const actor = activeOwnActor(state, open.actor, signer);
    if (typeof actor === "string") return refuse(actor);
    const approving = [signer, ...approvers].filter(({ introduced }) => !introduced);
    if (approving.some((approver) => approver.actor === open.actor)) return refuse("SELF_APPROVAL");
    if (approversOf(context, by).length < 1) return refuse("APPROVALS_TOO_FEW");
    const fault = newKeyFault(state, context, open.key);
    if (fault !== undefined) return refuse(fault);
    const holder = keyHolder(state, open.actor) as KeyHolder;
    return accept(keyChangeWrites(state, holder, { add: open.key, revoke: holder.keys, reason: "lost", at }));
  },
});
