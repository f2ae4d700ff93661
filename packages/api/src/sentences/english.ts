// What statements say, in English. Who said it is put before, so each begins with a verb in the past.
import { accessSentences } from "./english-access.ts";
import { counted, englishWords } from "./english-words.ts";
import { chosen } from "./wording.ts";

const { modality, objects } = englishWords;

const identity = {
  logCreated: (organizations: number): string =>
    organizations > 1
      ? `founded this log: ${counted(organizations, "organization", "organizations")} with their root keys.`
      : "founded this log with its root keys.",
  organizationRegistered: (): string => "took another organization into this log.",
  contractActivated: (version: number, atIndex: number): string =>
    `put version ${version} of the rules in force, from entry ${atIndex} on.`,
  actorRegistered: (type: string): string =>
    `registered ${chosen({ person: "a person", ai: "an AI product", device: "a device" }, type, "a piece of software")} as its own.`,
  actorRetired: (reason: string): string => `retired one of its own${chosen(retirements, reason)}.`,
  keyRegistered: (passkey: boolean, root: boolean): string =>
    root ? "registered a further root key." : `registered a ${passkey ? "passkey" : "key"} for one of its own.`,
  keyRotated: (): string => "replaced a key by a new one.",
  keyRevoked: (reason: string): string => `revoked a key${chosen(revocations, reason)}.`,
  keyCompromised: (): string => "reported a key to be in other hands.",
  keyRecovered: (): string => "gave one of their own a new key, the old ones being lost.",
  roleGranted: (role: string): string => `gave a person ${role === "" ? "a role" : `the role of ${roleWord(role)}`}.`,
  roleWithdrawn: (role: string): string =>
    `took ${role === "" ? "a role" : `the role of ${roleWord(role)}`} from a person.`,
  statementDisputed: (reason: string): string => `disputed a statement${chosen(disputes, reason)}.`,
  logSealed: (successor: boolean): string => `ended this log${successor ? "; another goes on from it" : ""}.`,
};

const retirements = {
  ceased: ", who left",
  replaced: ", which was replaced",
  decommissioned: ", which was taken out of service",
  "entered-in-error": ": it was entered in error",
};
const revocations = {
  lost: ", which was lost",
  superseded: ", which another replaced",
  ceased: ", which is no longer needed",
};
const disputes = {
  "wrong-subject": ": it is about somebody else",
  "wrong-content": ": what it says is wrong",
  "not-me": ", which they say they did not make",
};

const imaging = {
  study: (modalities: readonly string[]): string => {
    const names = [...new Set(modalities.filter((code) => !aboutImages.has(code)).map(modality))];
    if (names.length === 0 || names.length > 2) return "a study";
    const name = names.join(" and ");
    // Codes are spelled out when spoken, and many letters begin with a vowel then.
    const article = /^(?:[aeio]|ultra|[AEFHILMNORS][A-Z]|X)/.test(name) ? "an" : "a";
    return `${article} ${name} study`;
  },
  registered: (instances: number, study: string): string =>
    `received ${objects(instances)} of ${study} and registered ${instances === 1 ? "it" : "them"}.`,
  extended: (instances: number, study: string): string =>
    `received ${counted(instances, "more object", "more objects")} of ${study}.`,
  derived: (instances: number, method: string, sources: number): string =>
    `made ${objects(instances)} from ${sources === 1 ? "a registered study" : counted(sources, "registered study", "registered studies")}${chosen(methods, method)}.`,
  sent: (instances: number, purpose: string, outcome: string, to?: string): string =>
    `sent ${objects(instances)} of a study${to === undefined ? "" : ` to ${to}`}${chosen(purposes, purpose)}${chosen(outcomes, outcome)}.`,
  received: (instances: number, purpose: string, outcome: string, from?: string): string =>
    `received ${objects(instances)} of a study from ${from ?? "elsewhere"}${chosen(purposes, purpose)}${chosen(outcomes, outcome)}.`,
  verified: (instances: number, result: string): string =>
    `compared ${objects(instances)} with what was registered: ${chosen(results, result, result)}.`,
  rejected: (scope: string, instances: number, reason: string): string =>
    `rejected ${chosen({ study: "a study", series: `a series of ${objects(instances)}` }, scope, objects(instances))}${chosen(rejections, reason)}.`,
  subjectCorrected: (): string =>
    "filed a study under another patient; it is not shared until somebody else has checked that.",
  correctionNotified: (party: string): string =>
    `gave notice, for ${party === "holder" ? "a holder of copies" : "a patient"}, that a study had been filed under the wrong patient.`,
  correctionCompleted: (): string => "completed the correction of a study’s patient; it may be shared again.",
  holdPlaced: (reason: string): string => `put a hold on a study${chosen(holds, reason)}.`,
  holdReleased: (reason: string): string => `released a hold on a study${chosen(holds, reason)}.`,
  retentionSet: (until: string): string =>
    until === "" ? "set how long a study is kept." : `set a study to be kept until ${until}.`,
  destructionApproved: (studies: number, reason: string): string =>
    `approved that ${counted(studies, "study", "studies")} be destroyed${chosen(destructions, reason)}.`,
  destroyed: (instances: number, method: string): string =>
    `destroyed ${chosen({ keys: "the keys of ", "keys-and-bytes": "the keys and bytes of " }, method)}${objects(instances)} of a study.`,
  erasureApproved: (studies: number): string =>
    `approved that what is kept of a patient be erased${studies === 0 ? "" : `, with ${counted(studies, "study", "studies")}`}.`,
  erasureExecuted: (survivors: number): string =>
    `erased what was kept of a patient${survivors === 0 ? "" : `; ${counted(survivors, "copy is", "copies are")} out of reach`}.`,
};

// Objects that are made of a study's images are no kind of study.
const aboutImages: ReadonlySet<string> = new Set(["SR", "SEG", "PR", "KO", "DOC", "RWV", "REG"]);

const methods = {
  "de-identified": ", de-identified",
  transcoded: ", encoded anew",
  segmented: ", segmented",
  reformatted: ", reformatted",
  enhanced: ", enhanced",
};
const purposes = {
  TREAT: ", for treatment",
  ETREAT: ", in an emergency",
  HRESCH: ", for research",
  CLINTRCH: ", for a clinical trial",
  HQUALIMP: ", to improve quality",
  TRAIN: ", for teaching",
  PATRQT: ", at the patient’s request",
  HLEGAL: ", for a legal matter",
  HSYSADMIN: ", for administration",
};
const outcomes = { partial: "; not all arrived", failed: "; the transfer failed" };
const results = {
  identical: "identical",
  "header-changed": "header changed, pixels the same",
  "same-pixels": "encoded anew, pixels the same",
  altered: "altered",
  undecided: "undecided, no decoder at hand",
  unknown: "unknown here",
};
const rejections = {
  quality: ", for poor quality",
  "patient-safety": ", for the patient’s safety",
  "wrong-worklist-entry": ": the worklist entry was wrong",
  "retention-expired": ": it need not be kept any longer",
};
const holds = {
  legal: ", for a legal matter",
  trial: ", for a trial",
  research: ", for research",
  quality: ", for a quality review",
};
const destructions = {
  "retention-expired": ", their retention having ended",
  rejected: ", having been rejected",
  erasure: ", as part of an erasure",
  "entered-in-error": ", having been entered in error",
};

const roleWords = {
  referrer: "referring physician",
  physicist: "medical physicist",
  "trial-coordinator": "trial coordinator",
  reader: "trial reader",
  "data-steward": "data steward",
  "ai-developer": "AI developer",
};

function roleWord(role: string): string {
  return chosen(roleWords, role, role);
}

/** What an English sentence is made of; every other language has the same keys. */
export const englishSentences = {
  who: {
    organization: "An organization",
    person: "A person",
    ai: "An AI product",
    device: "A device",
    software: "A piece of software",
    role: (role: string): string => `${/^[aeio]/i.test(roleWord(role)) ? "An" : "A"} ${roleWord(role)}`,
    and: (first: string, second: string): string => `${first} and ${second.charAt(0).toLowerCase()}${second.slice(1)}`,
  },
  /** For a kind that this software is too old to know. */
  other: (kind: string): string => `stated something of the kind ${kind}.`,
  identity,
  imaging,
  access: accessSentences,
};
