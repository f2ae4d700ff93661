// The steps of a check, in the order in which they are shown: from the bytes of the file to those who cosigned the log.
import {
  type DeclaredKey,
  isJsonObject,
  type Json,
  keyIdOf,
  parseEntry,
  publicKeyFromDeclared,
  type Receipt,
  type ReceiptStep,
  type ReceiptVerification,
  type SignatureBackend,
  type Statement,
  verifyStatementSignature,
} from "@fiducial/core";
import type { Comparison } from "../comparison/comparison.ts";
import type { FingerprintedObject } from "../fingerprint/fingerprint.ts";
import type { ObjectFault, RegisteredObject } from "./registered-object.ts";

export const checkSteps = [
  "bytes",
  "fingerprint",
  "manifest",
  "signature",
  "keyChain",
  "inclusion",
  "checkpoint",
  "cosignatures",
] as const;
/** `policy` is among them only when it fails: a policy of another log is no judge of the receipt, and the steps that rest on it are not run. */
export type CheckStep = (typeof checkSteps)[number] | "policy";

/** How one step came out. Only what was altered or does not verify `fails`; a header that changed `differs`; what lacks a codec, a record or a signature algorithm stays `open`. */
export interface CheckedStep {
  readonly step: CheckStep;
  readonly result: "holds" | "differs" | "fails" | "open" | "not-run";
  /** What does not hold: a code of core or dicom, a CheckFault, or SIGNATURE_INVALID. */
  readonly code?: string;
}

/** What the steps are told from. */
export interface CheckedRecord {
  readonly receipt: Receipt;
  readonly verification: ReceiptVerification;
  readonly backend: SignatureBackend;
  readonly object: FingerprintedObject | undefined;
  readonly comparison: Comparison | undefined;
  readonly objects: readonly RegisteredObject[];
  /** Why the receipt's objects cannot be used. */
  readonly fault?: ObjectFault;
  readonly versions: number;
}

/** Lists the steps of a check. Those of the file are left out when there is none, the manifest's when the receipt shows no object. */
export function stepsOf(record: CheckedRecord): readonly CheckedStep[] {
  const { object, receipt } = record;
  const ofFile = object === undefined ? [] : [holds("bytes"), fingerprintStep(record)];
  const ofManifest = object === undefined && receipt.objects.length === 0 ? [] : [manifestStep(record)];
  const ofReceipt = [
    signatureStep(record),
    ...[receiptStep("policy", record.verification)].filter(({ result }) => result === "fails"),
    receiptStep("keyChain", record.verification),
    receiptStep("inclusion", record.verification),
    receiptStep("checkpoint", record.verification),
    receiptStep("cosignatures", record.verification),
  ];
  return [...ofFile, ...ofManifest, ...ofReceipt];
}

function fingerprintStep({ comparison, versions }: CheckedRecord): CheckedStep {
  const step = "fingerprint";
  if (comparison === undefined || versions === 0) return { step, result: "not-run" };
  switch (comparison.verdict) {
    case "identical":
      return holds(step);
    case "header-changed":
    case "same-pixels":
      return { step, result: "differs" };
    case "altered":
      return { step, result: "fails" };
    default:
      return { step, result: "open", ...(comparison.reason && { code: comparison.reason }) };
  }
}

function manifestStep({ verification, object, objects: shown, fault }: CheckedRecord): CheckedStep {
  const step = "manifest";
  for (const part of ["objects", "disclosures"] as const) {
    const { result, code } = partOf(part, verification);
    if (result !== "holds") return { step, result, ...(code && { code }) };
  }
  if (fault !== undefined) return { step, result: "fails", code: fault };
  const uid = object?.header.sopInstanceUid;
  const isShown = uid === undefined || shown.some(({ sopInstanceUid }) => sopInstanceUid === uid);
  if (!isShown) return { step, result: "open", code: "OBJECT_NOT_IN_RECEIPT" };
  return holds(step);
}

// Core verifies signatures with the chain; here the statement's own are told apart from those of the links that lead to its signers.
function signatureStep({ receipt, verification, backend }: CheckedRecord): CheckedStep {
  const step = "signature";
  const form = partOf("statement", verification);
  if (form.result !== "holds") return { step, result: form.result, ...(form.code && { code: form.code }) };
  const statement = (verification.entry as NonNullable<typeof verification.entry>).statement;
  const keys = shownKeys(receipt);
  for (const [index, { key }] of statement.content.signers.entries()) {
    const declared = keys.get(key);
    const shown = declared && publicKeyFromDeclared(declared);
    if (shown === undefined) return { step, result: "fails", code: "SIGNING_KEY_NOT_SHOWN" };
    if (!verifies(backend, statement, index, shown)) return { step, result: "fails", code: "SIGNATURE_INVALID" };
  }
  return holds(step);
}

function verifies(
  backend: SignatureBackend,
  statement: Statement,
  index: number,
  key: NonNullable<ReturnType<typeof publicKeyFromDeclared>>,
): boolean {
  try {
    return verifyStatementSignature(backend, statement, index, key);
  } catch {
    return false;
  }
}

/** Every key that an entry of the receipt declares, by its id. Whose it is, and who may say so, is for the key chain to tell. */
function shownKeys({ entry, keyChain }: Receipt): ReadonlyMap<string, DeclaredKey> {
  const keys = new Map<string, DeclaredKey>();
  for (const { bytes } of [...keyChain, entry]) {
    for (const declared of declaredIn(parseEntry(bytes)?.statement.content.open ?? {})) {
      try {
        keys.set(keyIdOf(declared), declared);
      } catch {
        // A key that cannot be read signs nothing.
      }
    }
  }
  return keys;
}

function declaredIn(json: Json): readonly DeclaredKey[] {
  if (Array.isArray(json)) return json.flatMap(declaredIn);
  if (!isJsonObject(json)) return [];
  const { algorithm, publicKey } = json;
  if (typeof algorithm === "string" && typeof publicKey === "string") return [json as unknown as DeclaredKey];
  return Object.values(json).flatMap(declaredIn);
}

function receiptStep(
  step: Exclude<ReceiptStep, "statement" | "disclosures" | "objects">,
  verification: ReceiptVerification,
): CheckedStep {
  const { result, code } = partOf(step, verification);
  // The verifier's lack, like that of a codec: nothing has been found wrong.
  const isOpen = step === "cosignatures" && code === "VERIFIER_MISSING";
  return { step, result: isOpen ? "open" : result, ...(code && { code }) };
}

function partOf(
  part: ReceiptStep,
  { steps }: ReceiptVerification,
): { readonly result: "holds" | "fails" | "not-run"; readonly code?: string } {
  return steps.find(({ step }) => step === part) ?? { result: "not-run" };
}

function holds(step: CheckStep): CheckedStep {
  return { step, result: "holds" };
}
