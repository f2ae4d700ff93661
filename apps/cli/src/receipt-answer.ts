// The check of a receipt as an answer: what --json prints, and whether all is well.
import { isJsonObject, parseEntry } from "@fiducial/core";
import type { AttributeChange, CheckedStep, ReceiptCheck } from "@fiducial/dicom";
import { printable } from "./printable.ts";

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
  readonly organization?: { readonly id: string; readonly name?: string };
  readonly cosigners?: ReceiptCheck["verification"]["cosigners"];
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
    ...(sound || waiting ? recordFacts(check) : {}),
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

/** The name that the receipt discloses for an organization, a device or software. Its commitment was opened with the other disclosures. */
export function disclosedName({ receipt }: ReceiptCheck, actor: string): string | undefined {
  for (const { disclosures, bytes } of [...receipt.keyChain, receipt.entry]) {
    const names = disclosures["names"]?.value;
    const own = parseEntry(bytes)?.statement.content.open["actor"] === actor ? disclosures["name"]?.value : undefined;
    const name = own ?? (names !== undefined && isJsonObject(names) ? names[actor] : undefined);
    if (typeof name === "string") return printable(name);
  }
  return undefined;
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
  if (unreadable !== undefined) return { verdict: "unknown", harmless: false, changedAttributes: [], differences: [] };
  if (comparison === undefined || verdict === undefined) return {};
  const { harmless, changes = [], differences } = comparison;
  return { verdict, harmless, changedAttributes: changes, differences };
}

function recordFacts(check: ReceiptCheck): Partial<ReceiptAnswer> {
  const { entry, index, cosigners, signers } = check.verification;
  if (entry === undefined) return {};
  const { id, content } = entry.statement;
  const organization = signers?.[0]?.organization;
  const name = organization === undefined ? undefined : disclosedName(check, organization);
  return {
    log: content.log,
    index,
    statementId: id,
    kind: content.kind,
    recordedAt: entry.recordedAt,
    findings: entry.findings,
    cosigners,
    ...(organization === undefined
      ? {}
      : { organization: { id: organization, ...(name === undefined ? {} : { name }) } }),
  };
}
