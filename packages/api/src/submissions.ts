// POST /api/v1/statements: statements that others drafted and signed; and GET /api/v1/log: what whoever drafts one has to know.
import { type Disclosure, largestEnvelopeBytes, type Statement, utf8Decode } from "@fiducial/core";
import { z } from "zod";
import { DigestField, IndexField, OriginField, SizeField, UtcTimeField } from "./fields.ts";

/** Statements in one request: enough that what a request costs hardly counts, few enough that one that breaks off is soon sent again. */
export const mostStatements = 100;

/** Bytes of one request: a hundred of the largest envelopes, and two megabytes for what opens them. */
export const largestSubmission: number = 8 * 2 ** 20;

/** A sealed value opened: the salt as 64 hex digits, and any JSON. What opens nothing is refused with its statement, and not with the request. */
const GivenDisclosure = z.object({ salt: z.string(), value: z.unknown() });

/** A signed statement: its envelope's exact text (docs/formats/statement.md), and what opens sealed fields of it, by field, for this node's vault. */
export const SubmittedStatement = z.object({
  envelope: z.string(),
  disclosures: z.record(z.string(), GivenDisclosure).optional(),
});
export type SubmittedStatement = z.infer<typeof SubmittedStatement>;

/** What one request hands in. */
export const Submission = z.object({ statements: z.array(SubmittedStatement).min(1).max(mostStatements) });
export type Submission = z.infer<typeof Submission>;

/** What became of one statement. `repeated` tells that it was in the log before: this is its first place. */
export const TakenStatement = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("accepted"),
    id: DigestField,
    index: IndexField,
    recordedAt: UtcTimeField,
    findings: z.array(z.string()),
    repeated: z.boolean(),
  }),
  z.object({
    status: z.literal("refused"),
    /** Of what could be read as a statement. */
    id: DigestField.optional(),
    code: z.string(),
    /** What is wrong, and what to do. */
    title: z.string(),
    /** Where the code is explained. */
    type: z.string(),
  }),
]);
export type TakenStatement = z.infer<typeof TakenStatement>;

/** What became of each, in the order in which they were handed in. */
export const TakenStatements = z.object({ statements: z.array(TakenStatement) });
export type TakenStatements = z.infer<typeof TakenStatements>;

/** The log as whoever drafts a statement has to know it. How long a kind is good for, and its fields, /api/v1/kinds tells. */
export const LogTerms = z.object({
  /** What a statement names as its `log`. */
  origin: OriginField,
  contract: z.object({ version: z.int().min(1), digest: DigestField }),
  /** The node's clock, by which `signedAt` is judged. */
  now: UtcTimeField,
  /** Milliseconds that `signedAt` may be ahead of it. */
  signedAheadMs: SizeField,
  /** Hours after `signedAt` beyond which no kind is recorded. */
  goodForHours: SizeField,
  largestEnvelopeBytes: SizeField,
  largestSubmissionBytes: SizeField,
  mostStatements: SizeField,
  /** Kinds that say what the node itself does; it takes them from nobody. */
  withheldKinds: z.array(z.string()),
});
export type LogTerms = z.infer<typeof LogTerms>;

/** A statement as it is handed in, with what opens it, all of it or some. */
export function submittedStatement(
  { bytes }: Pick<Statement, "bytes">,
  disclosures?: Readonly<Record<string, Disclosure>>,
): SubmittedStatement {
  return { envelope: utf8Decode(bytes) ?? "", ...(disclosures && { disclosures: { ...disclosures } }) };
}

/** What the node says of its limits. */
export const submissionLimits = {
  largestEnvelopeBytes,
  largestSubmissionBytes: largestSubmission,
  mostStatements,
} as const;
