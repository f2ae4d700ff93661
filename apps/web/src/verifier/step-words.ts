// What each step of a check says: what was compared, and how it came out. Words for the page and for the offline verifier.
import type { CheckedStep, ReceiptCheck } from "@fiducial/dicom";
import type { Formats } from "../i18n/formats.ts";
import { shortHex, utcText } from "../i18n/formats.ts";
import type { Messages } from "../i18n/messages.ts";

/** What words depend on. */
export interface VerifyLanguage {
  /** Without words for kinds, a kind shows its own name: the offline verifier has to stay small. */
  readonly t: Pick<Messages, "verify"> & Partial<Pick<Messages, "kinds">>;
  readonly formats: Formats;
}

/** Says in a sentence what a step compared; a code that has a sentence of its own is explained by it. */
export function stepSays(
  { step, result, code }: CheckedStep,
  check: ReceiptCheck,
  sizeBytes: number | undefined,
  language: VerifyLanguage,
): string {
  const { formats } = language;
  const { verify: t } = language.t;
  if (code !== undefined && t.faults[code] !== undefined) return t.faults[code];
  if (result === "not-run") return step === "fingerprint" ? t.fingerprint.unknown : t.notRun;
  if (step === "policy") return policySays(check, t);
  if (result === "fails" && step !== "fingerprint") return t.stepFails[step];
  switch (step) {
    case "bytes":
      return t.bytes(`${formats.count(sizeBytes ?? 0)} ${t.bytesWord}`);
    case "fingerprint":
      return fingerprintSays(check, t);
    case "manifest":
      return manifestSays(check, language);
    case "signature":
      return signatureSays(check, language);
    case "keyChain":
      return t.keyChain(check.receipt.keyChain.length);
    case "inclusion":
      return t.inclusion(formats.count(check.receipt.entry.index), check.receipt.entry.hashes.length);
    case "checkpoint": {
      const { checkpoint } = check.verification;
      return t.checkpoint(formats.count(checkpoint?.size ?? 0), checkpoint?.origin ?? "");
    }
    case "cosignatures": {
      const { cosigners, unchecked } = check.verification;
      const replicas = cosigners.filter(({ replica }) => replica).length;
      const counted = t.cosignatures(cosigners.length - replicas, replicas);
      return unchecked.length === 0 ? counted : `${counted} ${t.unchecked(unchecked.join(", "))}`;
    }
  }
}

/** Says which logs a policy names, and which the receipt says it is of. */
export function policySays({ verification: { otherLogs = [], entry } }: ReceiptCheck, t: Messages["verify"]): string {
  return t.verdicts.otherPolicySays(otherLogs.join(", ") || "—", entry?.statement.content.log ?? "");
}

function fingerprintSays({ comparison, attributes, versions }: ReceiptCheck, t: Messages["verify"]): string {
  switch (comparison?.verdict) {
    case "identical":
      return comparison.differences.includes("FILE") ? t.fingerprint.otherBytes : t.fingerprint.identical;
    case "header-changed":
      return attributes === undefined
        ? t.fingerprint.headerChangedUncounted
        : t.fingerprint.headerChanged(attributes.changed, attributes.total);
    case "same-pixels":
      return t.fingerprint.samePixels;
    case "altered":
      return t.fingerprint.altered(versions);
    default:
      return t.fingerprint.undecided;
  }
}

function manifestSays(
  { registered, receipt, comparison }: ReceiptCheck,
  { t: { verify: t }, formats }: VerifyLanguage,
): string {
  if (registered === undefined) {
    return receipt.objects.length > 0 ? t.manifest.objects(receipt.objects.length) : t.manifest.disclosures;
  }
  const say = comparison?.verdict === "altered" ? t.manifest.registered : t.manifest.place;
  return say(formats.count(registered.index + 1), formats.count(registered.size));
}

function signatureSays({ verification }: ReceiptCheck, { t: { verify: t }, formats }: VerifyLanguage): string {
  const content = verification.entry?.statement.content;
  if (content === undefined) return t.notRun;
  const [signer] = verification.signers ?? [];
  if (signer === undefined) return t.signatureBy(shortHex(content.signers[0].key));
  const roles = signer.roles.length === 0 ? "" : ` (${signer.roles.join(", ")})`;
  return t.signature(t.signers[signer.type] + roles, utcText(content.signedAt, formats.language));
}
