// POST /api/v1/search: what somebody has of a thing leads to the thing. In a body, since identifiers have no place in an address.
import { z } from "zod";
import { Actor } from "./actors.ts";
import { EntrySummary } from "./entries.ts";
import { DigestField, HandleField, IndexField, UtcTimeField } from "./fields.ts";
import { StudySummary } from "./studies.ts";

/**
 * An entry's number, a statement's id, the SHA-256 of a file, a handle, a UID, an accession number, a patient's id, each to the letter; or the beginning of a word in the name
 * of an organization, a device, software or an AI product. Names of people are not searched. Studies are found by whoever has `studies.read`, by a SOP Instance UID at the object that it names; entries of objects by `objects.verify`; for
 * whoever has `studies.find` alone, an accession number, a Study or SOP Instance UID or a study's handle leads to the study's history.
 */
export const FindQuery = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .refine((text) => text.isWellFormed()),
});
export type FindQuery = z.infer<typeof FindQuery>;

/** A study of which no more is told than that it is here: what was said of it is found by its handle. */
export const StudyPlace = z.object({
  study: HandleField,
  /** The entry that registered it. */
  index: IndexField,
  registeredAt: UtcTimeField,
  /** As the ledger has them. */
  modalities: z.array(z.string()),
});
export type StudyPlace = z.infer<typeof StudyPlace>;

/** One thing that was found. */
export const FoundPlace = z.discriminatedUnion("type", [
  z.object({ type: z.literal("entry"), entry: EntrySummary }),
  z.object({
    type: z.literal("study"),
    study: StudySummary,
    /** The object of it that a SOP Instance UID names, in the version that was registered last. */
    object: z.object({ statementId: DigestField, item: IndexField }).optional(),
  }),
  z.object({ type: z.literal("history"), history: StudyPlace }),
  z.object({ type: z.literal("member"), member: Actor }),
]);
export type FoundPlace = z.infer<typeof FoundPlace>;

/** What was found, at most a few dozen: entries, then studies or their histories, then members, each kind newest first. */
export const FoundPlaces = z.object({ places: z.array(FoundPlace) });
export type FoundPlaces = z.infer<typeof FoundPlaces>;
