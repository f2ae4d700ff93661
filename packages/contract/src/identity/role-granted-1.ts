// A person gets a role in an organization.
import { z } from "zod";
import { roles, writeDirectory } from "../kernel/directory.ts";
import { ActorId } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { activeOwnActor } from "./own-actor.ts";

/** An organization gives one of its persons a role; the role of administrator with a root key only. */
export const roleGranted = kind("identity.role.granted", 1, {
  nature: "act",
  by: ["administrator", "organization"],
  home: "each",
  says: "An organization gives one of its persons a role; the role of administrator with a root key only.",
  open: z.strictObject({ actor: ActorId, role: z.enum(roles) }),
  sealed: z.strictObject({}),
  refusals: [
    "ACTOR_UNKNOWN",
    "ACTOR_RETIRED",
    "ACTOR_OF_OTHER_ORGANIZATION",
    "ACTOR_NOT_A_PERSON",
    "SELF_GRANT",
    "ROLE_RESERVED",
    "ROLE_HELD",
  ],
  findings: [],

  decide(state, { open: { actor: id, role }, signer }) {
    const actor = activeOwnActor(state, id, signer);
    if (typeof actor === "string") return refuse(actor);
    if (actor.type !== "person") return refuse("ACTOR_NOT_A_PERSON");
    if (signer.actor === id) return refuse("SELF_GRANT");
    if (role === "administrator" && signer.type !== "organization") return refuse("ROLE_RESERVED");
    if (actor.roles.includes(role)) return refuse("ROLE_HELD");
    return accept([writeDirectory.actor(id, { ...actor, roles: [...actor.roles, role].sort() })]);
  },
});
