// What a receipt's record says, in words: who signed it for whom, what kind it is, when it was recorded. docs/formats/receipt.md § Verification.

import { chosen } from "@fiducial/api/wording";
import { disclosedName, logKeeper, type ReceiptCheck } from "@fiducial/dicom";
import { shortHex, utcText } from "../i18n/formats.ts";
import type { VerifyLanguage } from "./step-words.ts";

/** Says who signed for whom, and what was recorded when, each in a sentence; nothing of a record that does not hold. */
export function recordSays(check: ReceiptCheck, { t, formats }: VerifyLanguage): readonly string[] {
  const { entry, signers } = check.verification;
  const [signer] = signers ?? [];
  if (!(check.sound || check.waiting) || entry === undefined || signer === undefined) return [];
  const { record: words, signers: unnamed } = t.verify;
  const { kind } = entry.statement.content;
  const organization = organizationName(check, signer.organization, t);
  const name = shownName(check, signer.signer.actor);
  const who = name === undefined ? unnamed[signer.type] : words.named(name, words.types[signer.type]);
  return [
    signer.type === "organization" ? words.signedBy(organization) : words.signedFor(who, organization),
    words.recorded(chosen(t.kinds ?? {}, kind, kind), utcText(entry.recordedAt, formats.language)),
  ];
}

/** Says who applied the rules and whether anybody cosigned; nothing of a record that does not hold. */
export function reservationsSay(check: ReceiptCheck, { t }: VerifyLanguage): readonly string[] {
  if (!(check.sound || check.waiting)) return [];
  const { cosigners } = check.verification;
  const replicas = cosigners.filter(({ replica }) => replica).length;
  const rules = replicas > 0 ? t.verify.rulesByReplicas(replicas) : t.verify.rulesByOne(keeperName(check, t));
  return cosigners.length > 0 ? [rules] : [rules, t.verify.notWitnessed];
}

/** Names who keeps the log: the organization that founded it alone, else whoever does. */
function keeperName(check: ReceiptCheck, t: VerifyLanguage["t"]): string {
  const keeper = logKeeper(check);
  const log = check.verification.entry?.statement.content.log ?? "";
  return keeper === undefined ? t.verify.record.keeper(log) : organizationName(check, keeper, t);
}

/** Names an organization: as the receipt discloses it, else by its id. */
function organizationName(check: ReceiptCheck, id: string, t: VerifyLanguage["t"]): string {
  return shownName(check, id) ?? t.verify.record.organization(shortHex(id, 8));
}

// Control and direction marks would reorder what stands around them.
function shownName(check: ReceiptCheck, actor: string): string | undefined {
  return disclosedName(check, actor)?.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "\ufffd");
}
