// GET /api/v1/actors and /api/v1/actors/{actor}: who is on the log, with which keys and roles.
import { z } from "zod";
import { ActorTypeField } from "./entries.ts";
import { DigestField, HandleField, IndexField, SizeField, UtcTimeField } from "./fields.ts";

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
  organizationName: z.string().optional(),
  name: z.string().optional(),
  /** The entry that registered it. */
  index: IndexField,
  retiredBy: IndexField.optional(),
  keys: z.array(ActorKey),
  roles: z.array(ActorRole),
});
export type Actor = z.infer<typeof Actor>;

/** Which actors: those of a type (all, when left out), behind the actor `after`. */
export const ActorsQuery = z.object({
  type: ActorTypeField.optional(),
  /** The last actor of the page before. */
  after: HandleField.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export type ActorsQuery = z.infer<typeof ActorsQuery>;

/** A page of actors, in the order of registration, which never changes. `next` is the `after` of the following page. */
export const ActorList = z.object({
  actors: z.array(Actor),
  next: HandleField.optional(),
  /** How many actors of each type the log has. */
  counts: z.record(ActorTypeField, SizeField),
});
export type ActorList = z.infer<typeof ActorList>;
