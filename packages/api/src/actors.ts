// GET /api/v1/actors: who is on the log, with which keys and roles.
import { z } from "zod";
import { ActorTypeField } from "./entries.ts";
import { DigestField, HandleField, IndexField, UtcTimeField } from "./fields.ts";

/** A key of an actor, with the entries that introduced and ended it. */
export const ActorKey = z.object({
  key: DigestField,
  algorithm: z.string(),
  index: IndexField,
  endedBy: IndexField.optional(),
  reason: z.string().optional(),
  compromisedSince: UtcTimeField.optional(),
});
export type ActorKey = z.infer<typeof ActorKey>;

/** A role of an actor, with the entries that granted and withdrew it. */
export const ActorRole = z.object({ role: z.string(), index: IndexField, withdrawnBy: IndexField.optional() });
export type ActorRole = z.infer<typeof ActorRole>;

/** An actor. Names come from the vault; staff appear by role first. */
export const Actor = z.object({
  actor: HandleField,
  type: ActorTypeField,
  organization: HandleField,
  name: z.string().optional(),
  index: IndexField,
  retiredBy: IndexField.optional(),
  keys: z.array(ActorKey),
  roles: z.array(ActorRole),
});
export type Actor = z.infer<typeof Actor>;

/** Every actor, in the order of registration. */
export const ActorList = z.object({ actors: z.array(Actor) });
export type ActorList = z.infer<typeof ActorList>;
