// Receipts, a policy and a file: is the record sound, and is the file what it describes? docs/formats/receipt.md § Verification, fingerprints.md § Comparison.
import {
  nobleBackend,
  type Receipt,
  type ReceiptVerification,
  type SignatureBackend,
  type SignatureVerifiers,
  type TrustPolicy,
  utcTimeMs,
  verifyReceipt,
} from "@fiducial/core";
import { type Comparison, compare, type Verdict } from "../comparison/comparison.ts";
import type { FingerprintedObject } from "../fingerprint/fingerprint.ts";
import { type AttributeSummary, summarizeAttributes } from "./attribute-summary.ts";
import { type CheckedStep, stepsOf } from "./check-steps.ts";
import { type ObjectFault, type RegisteredObject, registeredObjects } from "./registered-object.ts";

/** What is to be checked. Receipts are of versions of one object, or one receipt of anything. */
export interface ReceiptCheckInput {
  readonly receipts: readonly [Receipt, ...Receipt[]];
  readonly policy: TrustPolicy;
  /** The file at hand, fingerprinted. Without one only the record is checked. */
  readonly object?: FingerprintedObject;
  readonly backend?: SignatureBackend;
  /** Verifies cosignatures of this algorithm; without it they count for nothing, and `verification.unchecked` names who made them. */
  readonly mlDsa44?: SignatureVerifiers["mlDsa44"];
}

/** How a check came out. */
export interface ReceiptCheck {
  /** Whether every step of the receipt holds, whatever the file is. */
  readonly sound: boolean;
  /** Whether every step holds but the policy's quorum: others may still meet it, or met it with what is not checked here. */
  readonly waiting: boolean;
  /** What the file is, by the best match over all receipts that are sound or waiting; absent without a file or without such a receipt. */
  readonly verdict?: Verdict;
  readonly steps: readonly CheckedStep[];
  /** Of the receipt that `steps` are about: the best match, else the first. */
  readonly receipt: Receipt;
  readonly verification: ReceiptVerification;
  /** The registered object that the file was compared with, and its place in the statement's manifest. */
  readonly registered?: RegisteredObject;
  readonly comparison?: Comparison;
  /** What of the file's attributes is equal, by class; absent when the registered ones are not known. */
  readonly attributes?: AttributeSummary;
  /** How many registered versions the file was compared with; however many receipts show one, it is one. */
  readonly versions: number;
}

/** Checks receipts, and a file against all of them. Never throws: whatever does not hold is a step that says so. */
export function checkReceipts(input: ReceiptCheckInput): ReceiptCheck {
  const { receipts, policy, object, backend = nobleBackend, mlDsa44 } = input;
  const records = receipts.map((receipt) => recordOf(receipt, verifyReceipt(receipt, policy, backend, mlDsa44)));
  const usable = records.filter(({ sound, waiting }) => sound || waiting);
  const versions = distinct(usable.flatMap((record) => versionsIn(record, object)));
  const compared =
    object &&
    compare(
      versions.map(({ registered }) => registered.version),
      object,
    );
  const match = compared?.version === undefined ? undefined : versions[compared.version];
  // The same UID under another study is under another patient.
  const isOfOther = match !== undefined && studyOf(match) !== studyOf(versions[0] as RegisteredVersionOf);
  const comparison = compared && isOfOther ? { ...compared, harmless: false, contested: true as const } : compared;
  const record =
    match?.record ?? records.find(({ sound, waiting }) => sound || waiting) ?? (records[0] as RegisteredRecord);
  const matched = match !== undefined && comparison !== undefined && object !== undefined;
  const attributes = matched ? summarizeAttributes(match.registered, object, comparison) : undefined;
  return {
    sound: record.sound,
    waiting: record.waiting,
    ...((record.sound || record.waiting) && comparison && { verdict: comparison.verdict }),
    steps: stepsOf({ ...record, backend, object, comparison, versions: versions.length }),
    receipt: record.receipt,
    verification: record.verification,
    ...(match && { registered: match.registered }),
    ...(comparison && { comparison }),
    ...(attributes && { attributes }),
    versions: versions.length,
  };
}

/** A receipt, verified, with the objects that it shows. */
export interface RegisteredRecord {
  readonly receipt: Receipt;
  readonly verification: ReceiptVerification;
  readonly objects: readonly RegisteredObject[];
  /** Why its objects cannot be used. */
  readonly fault?: ObjectFault;
  readonly sound: boolean;
  readonly waiting: boolean;
}

function recordOf(receipt: Receipt, verification: ReceiptVerification): RegisteredRecord {
  const objects = registeredObjects(receipt);
  if (typeof objects === "string")
    return { receipt, verification, objects: [], fault: objects, sound: false, waiting: false };
  const broken = verification.steps.filter(({ result }) => result !== "holds");
  const waiting = broken.length === 1 && broken[0]?.step === "cosignatures";
  return { receipt, verification, objects, sound: verification.ok, waiting };
}

interface RegisteredVersionOf {
  readonly record: RegisteredRecord;
  readonly registered: RegisteredObject;
}

function versionsIn(record: RegisteredRecord, object: FingerprintedObject | undefined): readonly RegisteredVersionOf[] {
  const uid = object?.header.sopInstanceUid;
  return record.objects
    .filter(({ sopInstanceUid }) => sopInstanceUid === uid)
    .map((registered) => ({ record, registered }));
}

// Receipts of one statement show the same version: the one that says most of it counts. In the order in which they were registered, as `compare` takes them.
function distinct(shown: readonly RegisteredVersionOf[]): readonly RegisteredVersionOf[] {
  const versions = new Map<string, RegisteredVersionOf>();
  for (const version of shown) {
    const place = `${version.record.verification.entry?.statement.id} ${version.registered.index}`;
    const known = versions.get(place);
    if (known === undefined || worth(version) > worth(known)) versions.set(place, version);
  }
  return [...versions.values()].sort((a, b) => recordedAt(a) - recordedAt(b) || placeOf(a) - placeOf(b));
}

function worth({ record, registered }: RegisteredVersionOf): number {
  return (record.sound ? 2 : 0) + (registered.version.attributes === undefined ? 0 : 1);
}

function studyOf({ record }: RegisteredVersionOf): unknown {
  return record.verification.entry?.statement.content.open["study"];
}

function placeOf({ record }: RegisteredVersionOf): number {
  return record.receipt.entry.index;
}

function recordedAt({ record: { verification } }: RegisteredVersionOf): number {
  return (verification.entry && utcTimeMs(verification.entry.recordedAt)) ?? 0;
}
