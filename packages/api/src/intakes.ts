// Files over HTTP: POST /api/v1/intakes, its objects, its registration; and POST /api/v1/verifications.
import { z } from "zod";
import { DigestField, HandleField, IndexField, SizeField } from "./fields.ts";

/** An intake that was opened: objects come in under its id until it is registered. */
export const IntakeOpened = z.object({ intake: HandleField });
export type IntakeOpened = z.infer<typeof IntakeOpened>;

/** What became of an object: taken, until its study is registered; or refused, with why. */
export const ObjectTaken = z.union([
  z.object({ sizeBytes: SizeField }),
  z.object({ refused: z.object({ code: z.string(), message: z.string() }) }),
]);
export type ObjectTaken = z.infer<typeof ObjectTaken>;

/** A study's objects, registered. */
export const RegisteredStudy = z.object({
  study: HandleField,
  statementId: z.string(),
  index: z.int(),
  instances: SizeField,
  known: SizeField,
  /** How many of those registered now are versions of registered objects that differ in nothing but their encoding, or what an archive may change. */
  versions: SizeField.optional(),
  findings: z.array(z.string()),
});
export type RegisteredStudy = z.infer<typeof RegisteredStudy>;

/** What an intake came to. Files are named by the number of the request that brought them, from 1. */
export const IntakeRegistered = z.object({
  studies: z.array(RegisteredStudy),
  instances: SizeField,
  known: SizeField,
  refused: z.array(z.object({ file: z.string(), code: z.string(), message: z.string() })),
});
export type IntakeRegistered = z.infer<typeof IntakeRegistered>;

/** The verdict on a file that was sent to be verified; nothing of it is kept. */
export const FileVerdict = z.object({
  verdict: z.enum(["identical", "header-changed", "same-pixels", "undecided", "altered", "unknown"]),
  changedAttributes: z.array(
    z.object({ path: z.string(), keyword: z.string().optional(), change: z.string(), class: z.string() }),
  ),
  differences: z.array(z.string()),
  harmless: z.boolean(),
  statementId: DigestField.optional(),
  index: IndexField.optional(),
  study: HandleField.optional(),
  item: IndexField.optional(),
  reason: z.string().optional(),
  notes: z.array(z.string()).optional(),
  notices: z.array(z.string()).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
});
export type FileVerdict = z.infer<typeof FileVerdict>;

/** Where an accepted statement stands. */
export const StatementPlace = z.object({ index: IndexField });
export type StatementPlace = z.infer<typeof StatementPlace>;

/** Which objects of a statement's manifest a receipt shows. */
export const ReceiptRequest = z.object({
  objects: z
    .array(z.object({ item: IndexField, attributes: z.boolean() }))
    .max(100)
    .refine((objects) => new Set(objects.map(({ item }) => item)).size === objects.length, "each object once"),
});
export type ReceiptRequest = z.infer<typeof ReceiptRequest>;

// The log that is told of, and those that recoveries ended and that hold.
const auditedLogs = {
  origin: z.string().optional(),
  ended: z.array(z.object({ origin: z.string(), size: SizeField, rootHash: DigestField })).optional(),
};

/** One line of an audit's answer: how far it is, and last how it came out. */
export const AuditLine = z.union([
  z.object({ done: SizeField, total: SizeField }),
  z.object({
    ok: z.literal(true),
    size: SizeField,
    rootHash: DigestField,
    stateDigest: DigestField,
    checkpoints: SizeField,
    ...auditedLogs,
  }),
  z.object({
    ok: z.literal(false),
    firstBad: z.object({ index: IndexField.nullable(), code: z.string(), object: DigestField.optional() }),
    ...auditedLogs,
  }),
]);
export type AuditLine = z.infer<typeof AuditLine>;
