// POST /api/v1/objects/lookup: which versions of an object are registered. The UID is in the body, so that no log of addresses has it.
import { z } from "zod";
import { DigestField, IndexField } from "./fields.ts";

/** Which object. DICOM PS3.5 § 9.1. */
export const ObjectQuery = z.object({
  sopInstanceUid: z
    .string()
    .max(64)
    .regex(/^[0-9]+(?:\.[0-9]+)*$/),
});
export type ObjectQuery = z.infer<typeof ObjectQuery>;

/**
 * What a receipt of an entry is asked for: to be handed on, unless told; or to `check` the entry while looking at it. That is recorded as a look
 * at the entry, and counts as no receipt that was given out.
 */
export const ReceiptQuery = z.object({ for: z.enum(["check"]).optional() });
export type ReceiptQuery = z.infer<typeof ReceiptQuery>;

/**
 * What the versions of an object are asked for: their receipts, unless told; to `compare` a copy with them; or to `check` the stored object that is
 * shown, which is recorded as a look at the entries. Only the first counts as receipts that were given out.
 */
export const LookupQuery = z.object({ for: z.enum(["check", "compare"]).optional() });
export type LookupQuery = z.infer<typeof LookupQuery>;

/** One registered version, with the receipt that shows it and the digests of its attributes. docs/formats/receipt.md. */
export const ObjectVersion = z.object({
  statementId: DigestField,
  /** Its entry; or, when a recovery ended the log that it is on, that log and the number there. */
  index: IndexField.optional(),
  ended: z.object({ origin: z.string(), index: IndexField }).optional(),
  /** Its place in the statement's manifest. */
  item: IndexField,
  receipt: z.string(),
});
export type ObjectVersion = z.infer<typeof ObjectVersion>;

/** Every registered version, oldest first; at least one, else the answer is OBJECT_UNKNOWN. */
export const ObjectVersions = z.object({ versions: z.array(ObjectVersion).min(1) });
export type ObjectVersions = z.infer<typeof ObjectVersions>;
