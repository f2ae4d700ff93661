// The verdict of a finding in words: its tone, what holds or does not, and what that means.
import { type DicomErrorCode, dicomErrors, type NamedChange } from "@fiducial/dicom";
import { changedIdentity } from "./changed-identity.ts";
import { policySays, type VerifyLanguage } from "./step-words.ts";
import type { Finding, SortedFiles } from "./verification.ts";

/** A verdict as it is shown. The tone is one of the page's; the icon is named, since page and verifier draw theirs differently. */
export interface VerdictWords {
  readonly tone: "holds" | "differs" | "fails" | "neutral";
  readonly icon: "shield-check" | "shield-half" | "shield-x" | "shield-question" | "clock-exclamation" | "file-off";
  readonly word: string;
  readonly says: string;
}

/** Words for what was found. An unsound record outweighs whatever the file is. */
export function verdictWords(finding: Finding, { t: { verify: t }, formats }: VerifyLanguage): VerdictWords {
  const { verdicts } = t;
  if (finding.found === "no-receipt") {
    return { tone: "neutral", icon: "shield-question", word: verdicts.unknown, says: verdicts.unknownSays };
  }
  if (finding.found === "no-policy") {
    return { tone: "neutral", icon: "shield-question", word: verdicts.noPolicy, says: verdicts.noPolicySays };
  }
  if (finding.found === "unreadable") {
    const { offset } = finding.place;
    const at =
      offset === undefined ? "" : ` ${t.unreadableAt(formats.count(offset), formats.count(finding.sizeBytes))}`;
    return {
      tone: "fails",
      icon: "file-off",
      word: verdicts.unreadable,
      says: `${t.unreadable[finding.code] ?? says(finding.code)}${at}`,
    };
  }
  const { check } = finding;
  if (!check.sound && !check.waiting) {
    const failing = check.steps.find(({ result, step }) => result === "fails" && step !== "fingerprint")?.step;
    // Nothing was found wrong: the policy is no judge of this receipt.
    if (failing === "policy")
      return { tone: "neutral", icon: "shield-question", word: verdicts.noPolicy, says: policySays(check, t) };
    const step = t.steps[failing ?? "manifest"];
    return { tone: "fails", icon: "shield-x", word: verdicts.unsound, says: verdicts.unsoundSays(step) };
  }
  const words = recordedWords(check.verdict, finding, t);
  if (!check.waiting || words.tone !== "holds") return words;
  return {
    tone: "differs",
    icon: "clock-exclamation",
    word: t.waiting[check.verdict === undefined ? "receipt" : "identical"],
    says: t.waitingSays,
  };
}

/** Words for a receipt or a policy that could not be read. */
export function brokenWords(
  { name, code }: SortedFiles["broken"][number],
  { t: { verify: t } }: VerifyLanguage,
): VerdictWords {
  const word = code === "TRUST_POLICY_MALFORMED" ? t.broken.policy : t.broken.receipt;
  return { tone: "differs", icon: "file-off", word, says: t.broken.says(name) };
}

type Checked = Extract<Finding, { readonly found: "checked" }>;

function recordedWords(
  verdict: Checked["check"]["verdict"],
  { check, object }: Checked,
  t: VerifyLanguage["t"]["verify"],
): VerdictWords {
  const { verdicts } = t;
  const { comparison, attributes, registered } = check;
  const harmless = comparison?.harmless === true;
  if (comparison?.contested)
    return { tone: "fails", icon: "shield-x", word: verdicts.contested, says: verdicts.contestedSays };
  const isEncodedOtherwise = comparison?.differences.includes("TRANSFER_SYNTAX") === true;
  const identity = verdict === "altered" ? undefined : changedIdentity(check);
  if (identity !== undefined) {
    const names = identity.changes.map(({ name, path }) => name ?? path).join(", ");
    return {
      tone: "fails",
      icon: "shield-x",
      word: verdicts.identity[identity.of],
      says: verdicts.identitySays(names),
    };
  }
  switch (verdict) {
    case undefined:
      return { tone: "holds", icon: "shield-check", word: verdicts.receipt, says: verdicts.receiptSays };
    case "identical":
      return {
        tone: "holds",
        icon: "shield-check",
        word: verdicts.identical,
        says: verdicts.identicalSays(isEncodedOtherwise),
      };
    case "header-changed":
      return {
        tone: "differs",
        icon: "shield-half",
        word: verdicts["header-changed"](attributes?.changed ?? 0, harmless),
        says: verdicts["header-changedSays"](harmless),
      };
    case "same-pixels":
      return { tone: "differs", icon: "shield-half", word: verdicts["same-pixels"], says: verdicts["same-pixelsSays"] };
    case "altered": {
      if (object?.fingerprint.notes.includes("PIXEL_DATA_TRUNCATED"))
        return { tone: "fails", icon: "shield-x", word: verdicts.incomplete, says: verdicts.incompleteSays };
      const altered = verdicts.alteredSays((registered?.frameCount ?? 0) > 0);
      const says = attributes?.changes.some(saysLossy) ? `${altered} ${verdicts.lossySince}` : altered;
      return { tone: "fails", icon: "shield-x", word: verdicts.altered, says };
    }
    case "undecided":
      return { tone: "neutral", icon: "shield-half", word: verdicts.undecided, says: verdicts.undecidedSays };
    case "unknown":
      return { tone: "neutral", icon: "shield-question", word: verdicts.unknown, says: verdicts.unknownSays };
  }
}

// Lossy Image Compression (0028,2110) is 01 in the file, and was not in the registered object.
function saysLossy({ path, change, inFile }: NamedChange): boolean {
  return path === "0028,2110" && (change === "added" || change === "changed") && inFile === "01";
}

function says(code: DicomErrorCode): string {
  return dicomErrors[code].says;
}
