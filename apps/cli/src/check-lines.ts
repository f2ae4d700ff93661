// The steps of a receipt's check in words: what was compared at each, and why one fails. docs/formats/receipt.md § Verification.
import { coreErrors } from "@fiducial/core";
import { dicomErrors, disclosedName, type FingerprintedObject, type ReceiptCheck } from "@fiducial/dicom";
import { count, moment, short } from "./figures.ts";
import type { AnswerStep, NamedOrganization, ReceiptAnswer } from "./receipt-answer.ts";
import type { Screen, Style } from "./screen.ts";
import { studyNotices } from "./study-notices.ts";
import { comparedWith } from "./verdict-lines.ts";

const marks: Readonly<Record<AnswerStep["result"], readonly [mark: string, style: Style]>> = {
  holds: ["✓", "green"],
  differs: ["!", "yellow"],
  open: ["?", "yellow"],
  fails: ["✗", "red"],
  "not-run": ["·", "dim"],
};

const names: Readonly<Partial<Record<AnswerStep["step"], string>>> = { keyChain: "key chain" };

/** Codes of a check that no table of another package explains. */
const checkCodes: Readonly<Record<string, string>> = {
  OBJECT_RECORD_MALFORMED: "The receipt's record of the object has another shape than records have.",
  ATTRIBUTES_NOT_REGISTERED: "The receipt's attribute digests are not those that its record commits to.",
  OBJECT_NOT_IN_RECEIPT: "The receipt shows no object with this file's SOP Instance UID.",
  SIGNATURE_INVALID: "A signature of the statement does not verify.",
  SIGNING_KEY_NOT_SHOWN: "The receipt does not show the key that signed the statement.",
  PATH_UNREADABLE: "The file cannot be read.",
};

/** Says one line for each step. `check` is absent for a file that is no receipt. */
export function stepLines(
  screen: Screen,
  { steps }: ReceiptAnswer,
  check?: ReceiptCheck,
  object?: FingerprintedObject,
): string[] {
  return steps.map((step) => {
    const [mark, style] = marks[step.result];
    const sentence = step.step === "policy" ? policyWords(check) : sentenceOf(step.code ?? "");
    const said = step.code === undefined ? wordsOf(step, check, object) : `${sentence} (${step.code})`;
    return `${screen.style(style, `${mark} ${(names[step.step] ?? step.step).padEnd(13)}`)} ${said}`;
  });
}

/** Says what rests on the word of one organization alone. */
export function reservationLines({ reservations = [], keeper, log }: ReceiptAnswer): string[] {
  const who = keeper === undefined ? `whoever keeps ${log}` : organizationWords(keeper, ",");
  return reservations.map((reservation) =>
    reservation === "NOT_WITNESSED" ? "sequenced, not witnessed" : `rules applied by ${who} alone`,
  );
}

/** Says for whom the record was signed; or, of one that does not hold, whose it says it is, which nothing proves. */
export function originLines({ organization, claimed, steps }: ReceiptAnswer): string[] {
  if (organization !== undefined) return [`Signed for ${organizationWords(organization)}.`];
  const isForeign = steps.some(({ code }) => code !== undefined && foreignCodes.has(code));
  if (claimed === undefined || !isForeign) return [];
  return [
    `The receipt says of itself, and nothing here proves, that it is of the log ${claimed.log} and was signed for organization ${claimed.organization}. Get that log's policy from its organization by a way that you trust.`,
  ];
}

/** Codes of a receipt whose log the policy does not name, or names with another beginning. */
const foreignCodes: ReadonlySet<string> = new Set(["POLICY_OF_OTHER_LOG", "GENESIS_NOT_TRUSTED", "LOG_NOT_TRUSTED"]);

function policyWords(check: ReceiptCheck | undefined): string {
  const { otherLogs = [], entry } = check?.verification ?? {};
  const named = otherLogs.length === 0 ? "of no log" : `of ${otherLogs.join(", ")}`;
  return `This policy is ${named}; the receipt is of ${entry?.statement.content.log}, which it does not name.`;
}

function organizationWords({ id, name }: NamedOrganization, after = ""): string {
  return name ?? `organization ${id}, whose name the receipt does not disclose${after}`;
}

function sentenceOf(code: string): string {
  const ofCore = (coreErrors as Readonly<Record<string, string>>)[code];
  const ofDicom = (dicomErrors as Readonly<Record<string, { readonly says: string }>>)[code]?.says;
  return checkCodes[code] ?? ofCore ?? ofDicom ?? "Cannot be told.";
}

function wordsOf(step: AnswerStep, check: ReceiptCheck | undefined, object: FingerprintedObject | undefined): string {
  if (step.result === "not-run" || check === undefined) return "not run, since what it rests on does not hold";
  const words: Readonly<Partial<Record<AnswerStep["step"], () => string>>> = {
    bytes: () => bytesWords(object),
    fingerprint: () => fingerprintWords(check),
    manifest: () => manifestWords(check),
    signature: () => signatureWords(check),
    keyChain: () =>
      `${count(check.receipt.keyChain.length, "entry", "entries")} from the log's first, which the policy names, to the signer`,
    inclusion: () => inclusionWords(check),
    checkpoint: () => checkpointWords(check),
    cosignatures: () => cosignatureWords(check),
  };
  return words[step.step]?.() ?? "";
}

function bytesWords(object: FingerprintedObject | undefined): string {
  if (object === undefined) return "";
  const { sizeBytes, file } = object.fingerprint;
  return `${count(sizeBytes, "byte")} read, SHA-256 ${short(file)}`;
}

function fingerprintWords({ comparison }: ReceiptCheck): string {
  if (comparison === undefined) return "";
  const { verdict, harmless, differences, contested, changes = [] } = comparison;
  const words = comparedWith({ verdict, harmless, differences, changedAttributes: changes });
  return contested ? `${words} ${studyNotices["VERSION_CONTESTED"]}` : words;
}

function manifestWords({ receipt, registered, verification }: ReceiptCheck): string {
  const root = short(String(verification.entry?.statement.content.open["manifest"] ?? ""));
  if (registered === undefined)
    return `${count(receipt.objects.length, "object")} shown, each leads to the statement's root ${root}`;
  const { index, size, hashes } = registered;
  return `object ${index + 1} of ${size}: ${count(hashes, "hash", "hashes")} up to the statement's root ${root}`;
}

function signatureWords(check: ReceiptCheck): string {
  const { entry, signers = [] } = check.verification;
  const named = (entry?.statement.content.signers ?? []).map(({ actor, key }) => {
    const chained = signers.find(({ signer }) => signer.key === key);
    const name = disclosedName(check, actor) ?? short(actor);
    return `${chained?.roles[0] ?? chained?.type ?? "actor"} ${name} with key ${short(key)}`;
  });
  return `statement ${short(entry?.statement.id ?? "")} signed by ${named.join(", ")}`;
}

function inclusionWords({ receipt, verification }: ReceiptCheck): string {
  const { index, hashes } = receipt.entry;
  const { size = 0, rootHash } = verification.checkpoint ?? {};
  const root = rootHash === undefined ? "" : ` ${short(Buffer.from(rootHash).toString("hex"))}`;
  return `entry ${index} of ${size}: ${count(hashes.length, "hash", "hashes")} up to the root${root}`;
}

function checkpointWords({ verification }: ReceiptCheck): string {
  const { origin = "", size = 0 } = verification.checkpoint ?? {};
  return `${origin} with ${count(size, "entry", "entries")}, signed by a log key of the policy`;
}

function cosignatureWords({ verification: { cosigners } }: ReceiptCheck): string {
  if (cosigners.length === 0) return "none, and the policy asks for none";
  return cosigners
    .map(({ name, timestamp, replica }) => {
      const at = moment(new Date(1000 * timestamp).toISOString());
      return `${replica ? "replica" : "witness"} ${name} at ${at}`;
    })
    .join(", ");
}
