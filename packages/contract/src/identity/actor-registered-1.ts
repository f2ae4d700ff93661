// A person, AI product, device or piece of software becomes an actor of an organization. DESIGN § 2, actor.
import { z } from "zod";
import { actorTypes, directory, writeDirectory } from "../kernel/directory.ts";
import { ActorId } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";

/** What an organization knows of an actor besides its name: DICOM PS3.3 C.7.5.1 for equipment, registers for staff. */
const ActorDetails = z
  .strictObject({
    manufacturer: z.string(),
    model: z.string(),
    version: z.string(),
    serial: z.string(),
    station: z.string(),
    deviceUid: z.string(),
    udi: z.string(),
    staffNumber: z.string(),
    professionalRegistration: z.string(),
  })
  .partial();

/** An organization registers an actor as its own. It can sign as soon as a key is registered for it. */
export const actorRegistered = kind("identity.actor.registered", 1, {
  nature: "act",
  by: ["administrator", "organization"],
  home: "each",
  says: "An organization registers a person, AI product, device or piece of software as its own.",
  open: z.strictObject({ actor: ActorId, type: z.enum(actorTypes) }),
  sealed: z.strictObject({ name: z.string().optional(), details: ActorDetails.optional() }),
  refusals: ["ACTOR_EXISTS"],
  findings: [],

  decide(state, { open: { actor, type }, signer: { organization } }) {
    const taken = directory.actor(state, actor) ?? directory.organization(state, actor);
    if (taken !== undefined) return refuse("ACTOR_EXISTS");
    return accept([
      writeDirectory.actor(actor, { type, organization, keys: [], bound: false, roles: [], retired: false }),
    ]);
  },
});
