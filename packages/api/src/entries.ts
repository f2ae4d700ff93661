// GET /api/v1/entries and /api/v1/entries/{index}: what the log holds, newest first.
import { newestContract } from "@fiducial/contract";
import { z } from "zod";
import { ComparedCopy } from "./compared-copies.ts";
import {
  DayField,
  DigestField,
  HandleField,
  IndexField,
  JsonField,
  JsonObjectField,
  OffsetTimeField,
  SizeField,
  UtcTimeField,
} from "./fields.ts";

/** What an actor can be. */
export const ActorTypeField = z.enum(["organization", "person", "ai", "device", "software"]);

/** Who signed, as the log's directory knows them. Names come from the vault, for whoever may see them. */
export const EntrySigner = z.object({
  actor: HandleField,
  type: ActorTypeField,
  name: z.string().optional(),
  roles: z.array(z.string()),
  capacity: z.enum(["self", "on-behalf-of", "counter-signature"]),
  /** True where a person signed with a passkey. */
  passkey: z.boolean().optional(),
  organization: HandleField,
  organizationName: z.string().optional(),
});
export type EntrySigner = z.infer<typeof EntrySigner>;

/** One entry, as a line of a list needs it. */
export const EntrySummary = z.object({
  index: IndexField,
  /** The statement's id. */
  id: DigestField,
  kind: z.string(),
  version: z.int().min(1),
  nature: z.enum(["act", "observation"]),
  /** Of observations only. */
  basis: z.enum(["seen", "stated", "imported"]).optional(),
  recordedAt: UtcTimeField,
  occurredAt: OffsetTimeField,
  signedAt: UtcTimeField,
  findings: z.array(z.string()),
  /** The first states, the others counter-sign. */
  signers: z.array(EntrySigner).min(1),
  open: JsonObjectField,
  /** The study that the entry is about, if it is about one. */
  study: HandleField.optional(),
  /** Of a transfer: where the copy went or came from. Sealed, or the name of an actor; told with one entry and with a study, not in lists of entries. */
  destination: z.string().optional(),
});
export type EntrySummary = z.infer<typeof EntrySummary>;

/** A sealed field: its commitment, and its value where it was opened for the reader. */
export const SealedField = z.object({
  name: z.string(),
  commitment: DigestField,
  /** With the salt, the reader's browser can hold the value against the commitment. */
  opened: z.object({ value: JsonField, salt: DigestField.optional() }).optional(),
});
export type SealedField = z.infer<typeof SealedField>;

/** One entry with everything that proves it, but the key chain: that is in its receipt. */
export const EntryDetail = EntrySummary.extend({
  sealed: z.array(SealedField),
  /** RFC 9162 inclusion proof in the tree of the checkpoint below, from the leaf upwards. */
  proof: z.object({ size: SizeField, hashes: z.array(DigestField) }),
  /** A signed note. */
  checkpoint: z.string(),
  /** The entry's canonical JSON: its UTF-8 bytes are what the log holds. */
  raw: z.string(),
  /** Of a comparison: what was not as registered, as far as that is recorded and kept. */
  compared: ComparedCopy.optional(),
});
export type EntryDetail = z.infer<typeof EntryDetail>;

/** The name of a kind that there is. docs/kinds.md. */
const KindField = z.enum(newestContract.kinds.map(({ name }) => name));

/** Which entries: those before an index (all, when left out), of a kind or of all kinds without one; or those about a study, of every kind. With findings, or of some days, each. */
export const EntriesQuery = z.object({
  before: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  kind: KindField.optional(),
  without: KindField.optional(),
  /** Those with findings only. */
  findings: z.enum(["true", "false"]).optional(),
  /** Recorded on this day or later. */
  from: DayField.optional(),
  /** Recorded on this day or earlier. */
  to: DayField.optional(),
  study: HandleField.optional(),
});
export type EntriesQuery = z.infer<typeof EntriesQuery>;

/** A page of entries, newest first. `next` is the `before` of the following page. */
export const EntryPage = z.object({
  entries: z.array(EntrySummary),
  next: IndexField.optional(),
  /** How many entries the log has. */
  size: SizeField,
});
export type EntryPage = z.infer<typeof EntryPage>;
