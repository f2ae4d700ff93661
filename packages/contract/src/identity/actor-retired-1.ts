// An actor ends: somebody left, a device was scrapped, an entry was wrong.
import { z } from "zod";
import { writeDirectory } from "../kernel/directory.ts";
import { ActorId } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { activeOwnActor } from "./own-actor.ts";

/** An organization ends an actor of its own, for good: none of its keys signs any more. */
export const actorRetired = kind("identity.actor.retired", 1, {
  nature: "act",
  by: ["administrator", "organization"],
  home: "each",
  says: "An organization ends an actor of its own, for good; none of its keys signs any more.",
  open: z.strictObject({
    actor: ActorId,
    reason: z.enum(["ceased", "replaced", "decommissioned", "entered-in-error"]),
  }),
  sealed: z.strictObject({}),
  refusals: ["ACTOR_UNKNOWN", "ACTOR_RETIRED", "ACTOR_OF_OTHER_ORGANIZATION", "ROLE_RESERVED"],
  findings: [],

  decide(state, { open, signer }) {
    const actor = activeOwnActor(state, open.actor, signer);
    if (typeof actor === "string") return refuse(actor);
    // Retiring an administrator ends the role too, which is not for another administrator to do.
    const peer = actor.roles.includes("administrator") && signer.type !== "organization" && signer.actor !== open.actor;
    if (peer) return refuse("ROLE_RESERVED");
    return accept([writeDirectory.actor(open.actor, { ...actor, retired: true })]);
  },
});
