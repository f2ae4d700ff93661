// GET /api/v1/attention: what waits for somebody, the newest first, as far as whoever asks may know of it.
import { z } from "zod";
import { ComparedCopy } from "./compared-copies.ts";
import { ConnectionIdField } from "./connections.ts";
import { EntrySigner } from "./entries.ts";
import { HandleField, IndexField, SizeField, UtcTimeField } from "./fields.ts";

/** What may wait for somebody, and what to tell people of it. */
export const concerns = {
  COPY_ALTERED: "A copy of a study was found altered in the last fortnight. What is registered is as it was.",
  STUDY_UID_SHARED:
    "A study came in the last fortnight under the Study Instance UID of another patient's: one of the two may be the other's.",
  CORRECTION_OPEN: "A study's patient was corrected, and nobody else has completed that: it is not to be shared.",
  DESTRUCTION_OPEN: "A study's destruction is approved and not done.",
  INTAKE_WAITING: "What came in cannot be registered now. It is tried again until it succeeds.",
  CONNECTION_FAILED: "A connection fails.",
  PACS_DIFFERS:
    "The PACS gives objects of a study otherwise than they were registered. What is registered is as it was.",
  EMERGENCY_ACCESS: "Somebody looked at a study in an emergency in the last three days.",
} as const;
export type ConcernCode = keyof typeof concerns;

/** Something that waits for somebody. */
export const Concern = z.object({
  code: z.enum(Object.keys(concerns) as [ConcernCode, ...ConcernCode[]]),
  /** Since when, or when it happened. */
  at: UtcTimeField.optional(),
  /** The entry that says so. */
  index: IndexField.optional(),
  /** The study that it is about. */
  study: HandleField.optional(),
  /** Which study that is, by open fields of its registration alone: its entry, what it holds, the name of the registered device. */
  registration: z
    .object({
      index: IndexField,
      registeredAt: UtcTimeField,
      modalities: z.array(z.string()),
      instances: SizeField,
      deviceName: z.string().optional(),
    })
    .optional(),
  /** Who found it, as far as that is known; people by their roles. */
  by: EntrySigner.optional(),
  /** What of a copy is not as registered. */
  compared: ComparedCopy.optional(),
  /** The connection that fails, and what it is called. */
  connection: z.object({ id: ConnectionIdField, name: z.string() }).optional(),
  /** How many objects. */
  objects: SizeField.optional(),
  /** The code of what is wrong with it. */
  cause: z.string().optional(),
});
export type Concern = z.infer<typeof Concern>;

/** Of each code the newest twenty, and whether there are more. */
export const Attention = z.object({ concerns: z.array(Concern), more: z.boolean() });
export type Attention = z.infer<typeof Attention>;
