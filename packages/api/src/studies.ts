// GET /api/v1/studies and /api/v1/studies/{study}: what was registered, with the sealed values that the reader may see.
import { type RejectionReason, rejectionReasons } from "@fiducial/contract";
import { z } from "zod";
import { ComparedCopy } from "./compared-copies.ts";
import { EntrySummary } from "./entries.ts";
import { DayField, DigestField, HandleField, IndexField, SizeField, UtcTimeField } from "./fields.ts";

/** One study, as a line of a list needs it. What is optional is sealed on the ledger and comes from the vault. */
export const StudySummary = z.object({
  study: HandleField,
  /** The entry that registered it. */
  index: IndexField,
  registeredAt: UtcTimeField,
  modalities: z.array(z.string()),
  series: SizeField,
  instances: SizeField,
  description: z.string().optional(),
  patientName: z.string().optional(),
  patientId: z.string().optional(),
  accession: z.string().optional(),
  /** As DICOM gives it: with an offset, or without. */
  acquired: z.string().optional(),
  bodyPart: z.string().optional(),
  /** By station, manufacturer and model, as headers give them: a device need not be registered to be named. */
  deviceName: z.string().optional(),
  findings: z.array(z.string()),
  /** What whoever hands it on must know: its patient is being corrected, or it was destroyed. */
  notices: z.array(z.enum(["STUDY_FROZEN", "STUDY_DESTROYED"])),
  /** Handles of the holds that keep it. */
  holds: z.array(HandleField),
  /** What of it is no longer to be used, and why: the whole of it, where a rejection says so, else what was rejected last. */
  rejection: z
    .object({
      reason: z.enum(Object.keys(rejectionReasons) as [RejectionReason, ...RejectionReason[]]),
      scope: z.enum(["study", "series", "instances"]),
      instances: SizeField,
    })
    .optional(),
});
export type StudySummary = z.infer<typeof StudySummary>;

/** Where a version of an object is registered. */
export const ObjectVersionPlace = z.object({
  version: z.int().min(1),
  statementId: DigestField,
  item: IndexField,
  /** 0 for one without pixel data. */
  frames: SizeField,
});
export type ObjectVersionPlace = z.infer<typeof ObjectVersionPlace>;

/** One object of a series: of its versions the newest that shows what the first one shows, which DICOMweb gives as well. */
export const StudyObject = z.object({
  /** The statement that registered this version, and its place in that statement's manifest. */
  statementId: DigestField,
  item: IndexField,
  instanceNumber: z.int().optional(),
  rows: SizeField.optional(),
  columns: SizeField.optional(),
  /** 0 for an object without pixel data. */
  frames: SizeField,
  transferSyntaxUid: z.string(),
  sizeBytes: SizeField,
  /** All its versions in the order in which they were registered, numbered from 1; of very many the first, this one, and the last sixteen. Absent where there is no other. */
  versions: z.array(ObjectVersionPlace).optional(),
});
export type StudyObject = z.infer<typeof StudyObject>;

/** One series, its objects in the order in which they are to be shown. */
export const StudySeries = z.object({
  /** From 1, in the order in which they are to be shown. */
  series: z.int().min(1),
  description: z.string().optional(),
  modality: z.string(),
  /** Series Number (0020,0011). */
  number: z.int().optional(),
  objects: z.array(StudyObject),
});
export type StudySeries = z.infer<typeof StudySeries>;

/** A statement that brought objects of the study. */
export const StudyVersion = z.object({
  statementId: DigestField,
  index: IndexField,
  kind: z.string(),
  recordedAt: UtcTimeField,
  instances: SizeField,
});
export type StudyVersion = z.infer<typeof StudyVersion>;

/** One study with its objects and everything that was said about it, oldest first. */
export const StudyDetail = StudySummary.extend({
  /** Patient's Birth Date (0010,0030) as the images have it; absent once the study was filed under another patient. */
  patientBirthDate: DayField.optional(),
  seriesList: z.array(StudySeries),
  history: z.array(EntrySummary),
  versions: z.array(StudyVersion),
  /** Of the newest entries that compared copies and found them not identical: what they tell beside the result. */
  compared: z.array(ComparedCopy.extend({ index: IndexField })),
  /** Studies with which SOP Instance UIDs of this one were registered first: the entry of each, and how many objects of this one it had before. */
  earlier: z.array(z.object({ study: HandleField, index: IndexField, instances: SizeField })),
  /** Studies of other patients that came under the same Study Instance UID: one of them may be another's. */
  sharedUid: z.array(HandleField).optional(),
});
export type StudyDetail = z.infer<typeof StudyDetail>;

/** Which studies; all, when everything is left out. Sealed values are not filtered by: a search asks for those. */
export const StudiesQuery = z.object({
  /** Studies registered before this entry. */
  before: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  /** With objects of this modality. DICOM (0008,0060). */
  modality: z
    .string()
    .regex(/^[A-Z0-9_]{1,16}$/)
    .optional(),
  /** Made by this registered device. */
  device: HandleField.optional(),
  /** Registered on this day or later. */
  from: DayField.optional(),
  /** Registered on this day or earlier. */
  to: DayField.optional(),
});
export type StudiesQuery = z.infer<typeof StudiesQuery>;

/**
 * A patient's id, an accession number, a Study Instance UID, or a study's handle, to the letter. In a body and not in an address, since
 * addresses stand in the logs of whatever lies between.
 */
export const StudySearch = StudiesQuery.extend({
  search: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .refine((text) => text.isWellFormed()),
});
export type StudySearch = z.infer<typeof StudySearch>;

/** A page of studies, newest first. */
export const StudyPage = z.object({
  studies: z.array(StudySummary),
  /** The `before` of the following page. */
  next: IndexField.optional(),
  /** Every modality that the node has studies of, and how many. */
  modalities: z.array(z.object({ modality: z.string(), studies: SizeField })),
  /** How many studies the node has. */
  total: SizeField,
});
export type StudyPage = z.infer<typeof StudyPage>;
