// The check of a receipt as an answer: what --json prints, and whether all is well.
import { parseEntry } from "@fiducial/core";
import { type AttributeChange, type CheckedStep, disclosedName, logKeeper, type ReceiptCheck } from "@fiducial/dicom";

/** A step of the check, or one of the receipt's that the check does not show apart: `disclosures`, or `receipt` for a file that is none. */
export interface AnswerStep extends Omit<CheckedStep, "step"> {
  readonly step: CheckedStep["step"] | "receipt" | "disclosures" | "statement" | "objects";
}

/** What `fiducial verify-receipt --json` prints. */
export interface ReceiptAnswer {
  /** Whether every step of the receipt holds, and the file, if there is one, is what was registered or differs in nothing but what is harmless. */
  readonly ok: boolean;
  /** The first step that fails. */
  readonly failed?: string;
  readonly steps: readonly AnswerStep[];
  /** Whether the receipt alone holds. */
  readonly sound: boolean;
  /** Whether all of the receipt holds but the policy's quorum: others may still cosign. */
  readonly waiting: boolean;
  readonly verdict?: string;
  /** Why a file has no better verdict than it has: the code with which it could not be read. */
  readonly reason?: string;
  readonly harmless?: boolean;
  readonly changedAttributes?: readonly AttributeChange[];
  readonly differences?: readonly string[];
  readonly reservations?: readonly string[];
  readonly log?: string;
  readonly index?: number;
  readonly statementId?: string;
  readonly kind?: string;
  readonly recordedAt?: string;
  readonly findings?: readonly string[];
  /** For whom the statement was signed, by the name that the receipt discloses. */
  readonly organization?: NamedOrganization;
  /** The organization that founded the log alone, and applied its rules; absent when several did. */
  readonly keeper?: NamedOrganization;
  /** The logs that the policy names, where the receipt's is none of them. */
  readonly policyLogs?: readonly string[];
  /** What a receipt that does not hold says of itself, and nothing proves: whose policy to ask for. */
  readonly claimed?: { readonly log: string; readonly organization: string };
  readonly cosigners?: ReceiptCheck["verification"]["cosigners"];
}

/** An organization by its id, and by its name where that is proved. */
export interface NamedOrganization {
  readonly id: string;
  readonly name?: string;
}

/** Why the file at hand could not be fingerprinted. */
export interface UnreadableObject {
  readonly code: string;
  readonly message: string;
}

/** Makes the answer. `unreadable` says that there is a file, and why it is no object that could be compared. */
export function receiptAnswer(check: ReceiptCheck, unreadable?: UnreadableObject): ReceiptAnswer {
  const { sound, waiting, comparison, verification } = check;
  const steps = stepsOf(check, unreadable);
  const isHarmless = unreadable === undefined && (comparison?.harmless ?? true);
  const failed = steps.find(({ result }) => result === "fails")?.step;
  return {
    ok: sound && isHarmless,
    ...(failed === undefined ? {} : { failed }),
    steps,
    sound,
    waiting,
    ...fileFacts(check, unreadable),
    ...(sound || waiting ? recordFacts(check) : claimedFacts(check)),
    ...(verification.otherLogs && { policyLogs: verification.otherLogs }),
    reservations: sound || waiting ? verification.reservations : [],
  };
}

/** The answer to a file that is no receipt at all. */
export function malformedReceipt(code: string): ReceiptAnswer {
  return {
    ok: false,
    failed: "receipt",
    steps: [{ step: "receipt", result: "fails", code }],
    sound: false,
    waiting: false,
  };
}

function stepsOf({ steps, sound, verification }: ReceiptCheck, unreadable: UnreadableObject | undefined): AnswerStep[] {
  const ofFile: AnswerStep[] =
    unreadable === undefined ? [] : [{ step: "bytes", result: "fails", code: unreadable.code }];
  // A receipt without objects shows no manifest step, and its disclosures are in none of the others.
  const isNamed = sound || steps.some(({ result }) => result === "fails");
  const hidden = isNamed ? undefined : verification.steps.find(({ result }) => result === "fails");
  return [...ofFile, ...(hidden === undefined ? [] : [hidden as AnswerStep]), ...steps];
}

function fileFacts(
  { comparison, verdict }: ReceiptCheck,
  unreadable: UnreadableObject | undefined,
): Partial<ReceiptAnswer> {
  if (unreadable !== undefined)
    return { verdict: "unknown", reason: unreadable.code, harmless: false, changedAttributes: [], differences: [] };
  if (comparison === undefined || verdict === undefined) return {};
  const { harmless, changes = [], differences } = comparison;
  return { verdict, harmless, changedAttributes: changes, differences };
}

function recordFacts(check: ReceiptCheck): Partial<ReceiptAnswer> {
  const { entry, index, cosigners, signers } = check.verification;
  if (entry === undefined) return {};
  const { id, content } = entry.statement;
  const organization = named(check, signers?.[0]?.organization);
  const keeper = named(check, logKeeper(check));
  return {
    log: content.log,
    index,
    statementId: id,
    kind: content.kind,
    recordedAt: entry.recordedAt,
    findings: entry.findings,
    cosigners,
    ...(organization && { organization }),
    ...(keeper && { keeper }),
  };
}

function named(check: ReceiptCheck, id: string | undefined): NamedOrganization | undefined {
  if (id === undefined) return undefined;
  const name = disclosedName(check, id);
  return { id, ...(name === undefined ? {} : { name }) };
}

function claimedFacts({ receipt }: ReceiptCheck): Partial<ReceiptAnswer> {
  const content = parseEntry(receipt.entry.bytes)?.statement.content;
  if (content === undefined) return {};
  return { claimed: { log: content.log, organization: content.signers[0].organization } };
}
