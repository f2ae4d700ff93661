// What a receipt's record says, in words: who signed it for whom, what kind it is, when it was recorded. docs/formats/receipt.md § Verification.
import { isJsonObject, parseEntry } from "@fiducial/core";
import type { ReceiptCheck } from "@fiducial/dicom";
import { shortHex, utcText } from "../i18n/formats.ts";
import { chosen } from "../i18n/wording.ts";
import type { VerifyLanguage } from "./step-words.ts";

/** Says who signed for whom, and what was recorded when, each in a sentence; nothing of a record that does not hold. */
export function recordSays(check: ReceiptCheck, { t, formats }: VerifyLanguage): readonly string[] {
  const { entry, signers } = check.verification;
  const [signer] = signers ?? [];
  if (!(check.sound || check.waiting) || entry === undefined || signer === undefined) return [];
  const { record: words, signers: unnamed } = t.verify;
  const { kind } = entry.statement.content;
  const organization = organizationName(check, t);
  const name = disclosedName(check, signer.signer.actor);
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
  const rules = replicas > 0 ? t.verify.rulesByReplicas(replicas) : t.verify.rulesByOne(organizationName(check, t));
  return cosigners.length > 0 ? [rules] : [rules, t.verify.notWitnessed];
}

/** Names the organization for which a record was signed: as the receipt discloses it, else by its id. */
function organizationName(check: ReceiptCheck, t: VerifyLanguage["t"]): string {
  const { signers, entry } = check.verification;
  const id = signers?.[0]?.organization;
  if (id === undefined) return entry?.statement.content.log ?? "";
  return disclosedName(check, id) ?? t.verify.record.organization(shortHex(id, 8));
}

// The disclosures' commitments were opened with the receipt's other steps. Control and direction marks would reorder what stands around them.
function disclosedName({ receipt }: ReceiptCheck, actor: string): string | undefined {
  for (const { disclosures, bytes } of [...receipt.keyChain, receipt.entry]) {
    const names = disclosures["names"]?.value;
    const isOwn = parseEntry(bytes)?.statement.content.open["actor"] === actor;
    const own = isOwn ? disclosures["name"]?.value : undefined;
    const name = own ?? (names !== undefined && isJsonObject(names) ? names[actor] : undefined);
    if (typeof name === "string") return name.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "\ufffd");
  }
  return undefined;
}
