// Who looked, in English: sentences about reads, and the words around them.
import { chosen } from "../wording.ts";
import { counted } from "./words.ts";

const verbs = {
  view: ["looked at", "to look at"],
  search: ["searched", "to search"],
  retrieve: ["fetched", "to fetch"],
  verify: ["compared a copy with", "to compare a copy with"],
  export: ["saved", "to save"],
} as const;

// Of what was refused it may not be known which study it was.
function thing(what: string, named: string): string {
  const study = named === "" ? "a study" : named;
  const things = {
    "study-list": "the list of studies",
    study,
    images: `images of ${study}`,
    report: `a report of ${study}`,
    receipt: `a receipt of ${study}`,
    entry: `an entry about ${study}`,
    "access-list": named === "" ? "the list of who looked" : `the list of who looked at ${study}`,
    "reader-names": named === "" ? "the names of those who looked" : `the names of those who looked at ${study}`,
  };
  return chosen(things, what, "something");
}

/** Sentences about reads. `study` is named with its article, or empty where there is none. */
export const accessSentences = {
  did: (action: string, what: string, study: string, refused: boolean): string => {
    const [past, infinitive] = verbs[action as keyof typeof verbs] ?? ["read", "to read"];
    return refused ? `asked ${infinitive} ${thing(what, study)}, and was refused.` : `${past} ${thing(what, study)}.`;
  },
  recorded: (who: string, action: string, what: string, study: string, refused: boolean): string =>
    `recorded that ${who.charAt(0).toLowerCase()}${who.slice(1)} ${accessSentences.did(action, what, study, refused)}`,
  machine: "A machine",
  operator: "The operator of the node",
};

export const access = {
  title: "Who looked",
  summary: ({ reads, notable, refused }: { reads: number; notable: number; refused: number }): string =>
    reads === 0
      ? "Nothing was shown to anybody so far."
      : `${counted(reads, "read", "reads")} recorded${notable === 0 ? ", none of them out of the ordinary" : `; ${counted(notable, "is", "are")} worth a look`}${refused === 0 ? "" : `, ${counted(refused, "was", "were")} refused`}.`,
  list: "Reads and refusals, newest first",
  filter: "Show",
  all: (count: string): string => `All ${count}`,
  notable: (count: string): string => `Worth a look ${count}`,
  from: "From",
  to: "Until",
  ofStudy: (handle: string): string => `Study ${handle}`,
  ofReader: (handle: string): string => `Reader ${handle}`,
  clear: "Show all again",
  openStudy: "Open the study",
  older: "Older reads",
  allOfStudy: "All reads of this study",
  show: "Show who looked",
  showSays: "By role. That you asked is recorded, as is every read.",
  notAllowed: "Who looked is for auditors, data stewards and administrators.",
  none: "No such read",
  noneSays: "Nothing was recorded that fits. Reads from before this list began are not in it.",
  purposes: {
    TREAT: "Treatment",
    ETREAT: "Emergency",
    BTG: "Emergency",
    HPAYMT: "Payment",
    HOPERAT: "Operations",
    HRESCH: "Research",
    CLINTRCH: "Clinical trial",
    HQUALIMP: "Quality",
    TRAIN: "Teaching",
    PATRQT: "Patient’s request",
    FAMRQT: "Family’s request",
    PUBHLTH: "Public health",
    HLEGAL: "Legal matter",
    HSYSADMIN: "Administration",
  } as Readonly<Record<string, string>>,
  presumed: "presumed from the role",
  readerTypes: { person: "Person", machine: "Machine", operator: "Operator" },
  studies: (count: number): string => counted(count, "study", "studies"),
  covers: (organization: string, until: string): string => `Complete as recorded by ${organization} up to ${until}.`,
  notCovered:
    "reads in the PACS itself and at the scanner, and copies that left the house. Like reads of one session within a minute are one line.",
  waiting: (count: number): string =>
    `${counted(count, "read waits", "reads wait")} to be recorded: the ledger did not take ${count === 1 ? "it" : "them"} yet.`,
  export: "Save as",
  exportFailed: "The list could not be saved. Ask again.",
  names: "Names",
  namesSays: "People stand here by role. Say why you need their names: your reason is recorded, with you.",
  reason: "Reason",
  reasonHint: "For example: complaint of a patient, reference 12",
  ask: "Show names",
  reasonShort: "Say it in a few words more.",
  named: "Names are shown on this page until you leave it.",
};
