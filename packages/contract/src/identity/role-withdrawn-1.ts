// A person loses a role in an organization.
import { z } from "zod";
import { roles, writeDirectory } from "../kernel/directory.ts";
import { ActorId } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { ownActor } from "./own-actor.ts";

/** An organization takes a role from one of its persons; an administrator's with a root key, or the administrator resigns. */
export const roleWithdrawn = kind("identity.role.withdrawn", 1, {
  nature: "act",
  by: ["administrator", "organization"],
  home: "each",
  says: "An organization takes a role from one of its persons; an administrator's with a root key, or by resigning.",
  open: z.strictObject({ actor: ActorId, role: z.enum(roles) }),
  sealed: z.strictObject({}),
  refusals: ["ACTOR_UNKNOWN", "ACTOR_OF_OTHER_ORGANIZATION", "ROLE_RESERVED", "ROLE_NOT_HELD"],
  findings: [],

  decide(state, { open: { actor: id, role }, signer }) {
    const actor = ownActor(state, id, signer);
    if (typeof actor === "string") return refuse(actor);
    const peer = signer.type !== "organization" && signer.actor !== id;
    if (role === "administrator" && peer) return refuse("ROLE_RESERVED");
    if (!actor.roles.includes(role)) return refuse("ROLE_NOT_HELD");
    return accept([writeDirectory.actor(id, { ...actor, roles: actor.roles.filter((held) => held !== role) })]);
  },
});
