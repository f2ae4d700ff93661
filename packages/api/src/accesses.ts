// GET /api/v1/accesses and what stands below it: who was shown what, by role; names for whoever says why.
import { z } from "zod";
import { HandleField, IndexField, SizeField, UtcTimeField } from "./fields.ts";

/** One read, or like reads of one session within a minute; where a later one of them shows more, it is another, with the counts of all. Codes are those of access.read.performed. */
export const Access = z.object({
  /** The entry that records it. */
  index: IndexField,
  /** When it was shown, or refused. */
  at: UtcTimeField,
  recordedAt: UtcTimeField,
  study: HandleField.optional(),
  /** Of the study, as the ledger has them. */
  modalities: z.array(z.string()).optional(),
  what: z.string(),
  action: z.string(),
  readerType: z.enum(["person", "machine", "operator"]),
  /** A person's actor, a machine's actor or handle. Names are asked for apart. */
  reader: HandleField.optional(),
  /** Of a machine that is registered, and in a list that is saved with names. */
  readerName: z.string().optional(),
  /** Those by which the reader was let. */
  roles: z.array(z.string()),
  /** A code of HL7 v3 PurposeOfUse, and whether the reader stated it. */
  purpose: z.string(),
  purposeBasis: z.enum(["stated", "presumed"]),
  outcome: z.enum(["permitted", "refused"]),
  studies: SizeField.optional(),
  series: SizeField.optional(),
  instances: SizeField.optional(),
  findings: z.array(z.string()),
});
export type Access = z.infer<typeof Access>;

const time = z.iso.datetime({ offset: true });

/** Which reads: of a study, of lists that may have shown a study, by a reader, from a time on and before another one, with findings. All, when left out. */
export const AccessFilter = z.object({
  study: HandleField.optional(),
  /** Reads of lists of studies since this study was registered: it may have been in them, with name and accession number. */
  lists: HandleField.optional(),
  reader: HandleField.optional(),
  from: time.optional(),
  to: time.optional(),
  notable: z.enum(["true", "false"]).optional(),
});
export type AccessFilter = z.infer<typeof AccessFilter>;

/** The same, page by page: those recorded before an entry. */
export const AccessesQuery = AccessFilter.extend({
  before: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export type AccessesQuery = z.infer<typeof AccessesQuery>;

/** Reads of one study, page by page. */
export const StudyAccessesQuery = AccessesQuery.pick({ before: true, limit: true, notable: true });
export type StudyAccessesQuery = z.infer<typeof StudyAccessesQuery>;

/** How many reads a filter leaves, whatever page is shown. */
export const AccessCounts = z.object({
  reads: SizeField,
  /** Different persons and machines that are named. */
  readers: SizeField,
  notable: SizeField,
  refused: SizeField,
});
export type AccessCounts = z.infer<typeof AccessCounts>;

/** A page of reads, newest first. `next` is the `before` of the following page. */
export const AccessPage = z.object({
  accesses: z.array(Access),
  next: IndexField.optional(),
  counts: AccessCounts,
  /** When reads of a study were asked for: how many lists of studies were read since it was registered, in that time, by that reader. It may have been in them. */
  lists: SizeField.optional(),
  /** What the list is complete for: everything this organization's gateway showed until then. */
  coverage: z.object({
    organization: z.string().optional(),
    until: UtcTimeField,
    /** Reads that are not on the ledger yet. */
    waiting: SizeField,
  }),
});
export type AccessPage = z.infer<typeof AccessPage>;

const reason = z
  .string()
  .trim()
  .min(8)
  .max(500)
  .refine((text) => text.isWellFormed());

/** Which reads to save with the names of readers, and why. The reason is recorded, with who asked. */
export const NamedAccessFilter = z.strictObject({ ...AccessFilter.shape, reason });
export type NamedAccessFilter = z.infer<typeof NamedAccessFilter>;

/** Asks who some readers are. The reason is recorded, with who asked. */
export const AccessNamesRequest = z.object({
  readers: z.array(HandleField).min(1).max(200),
  /** The study whose readers they are, if it is about one. */
  study: HandleField.optional(),
  reason,
});
export type AccessNamesRequest = z.infer<typeof AccessNamesRequest>;

/** Names by reader; those who are unknown, or were forgotten, are left out. */
export const AccessNames = z.object({ names: z.array(z.object({ reader: HandleField, name: z.string() })) });
export type AccessNames = z.infer<typeof AccessNames>;

/** The name of a file of reads: of which study, by the beginning of its handle, and when it was saved. `day` is YYYY-MM-DD. */
export function accessesFileName(format: "csv" | "json", { study, lists }: AccessFilter, day: string): string {
  const about = study?.slice(0, 8) ?? (lists === undefined ? undefined : `lists-${lists.slice(0, 8)}`);
  return ["accesses", ...(about === undefined ? [] : [about]), `${day}.${format}`].join("-");
}
