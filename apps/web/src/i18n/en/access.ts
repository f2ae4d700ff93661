// Who looked, in English: the words around reads.
import { counted } from "./words.ts";

export const access = {
  title: "Who looked",
  summary: ({ reads, notable, refused }: { reads: number; notable: number; refused: number }): string =>
    reads === 0
      ? "Nothing was shown to anybody so far."
      : `${counted(reads, "read", "reads")} recorded${notable === 0 ? ", none of them out of the ordinary" : `; ${counted(notable, "is", "are")} worth a look`}${refused === 0 ? "" : `, ${counted(refused, "was", "were")} refused`}.`,
  summaryNone: "None that fits.",
  summaryNoneInTime: "None in this period.",
  turned: "From is after Until",
  turnedSays: "Such a period holds nothing, so nothing was asked. Choose other days.",
  list: "Reads and refusals, newest first",
  filter: "Show",
  all: (count: string): string => `All ${count}`,
  notable: (count: string): string => `Worth a look ${count}`,
  from: "From",
  to: "Until",
  ofStudy: (handle: string): string => `Study ${handle}`,
  listsOf: (handle: string): string => `Lists since ${handle}`,
  ofReader: (handle: string): string => `Reader ${handle}`,
  clear: "Show all again",
  historyOf: (handle: string): string => `History of ${handle}`,
  findStudy: "Reads of a study",
  findHint: "Accession number, study or object UID",
  find: "Find",
  findNothing: "No study has this number or UID. They are compared to the letter.",
  findSeveral: "Several studies have it. Which one?",
  findFailed: "The node could not be asked. Try again.",
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
    "reads in the PACS itself and at the scanner, and copies that left the house. Like reads of one session within a minute are one line, until one shows more.",
  waiting: (count: number): string =>
    `${counted(count, "read waits", "reads wait")} to be recorded: the ledger did not take ${count === 1 ? "it" : "them"} yet.`,
  lists: (count: number, inTime: boolean): string =>
    count === 0
      ? `Besides, no list of studies was read ${inTime ? "in this period" : "since this study was registered"}.`
      : `Besides, ${counted(count, "read of a list", "reads of lists")} of studies ${inTime ? "in this period" : "since this study was registered"} may have shown it with name and accession number. Of a list only how many studies it showed is recorded.`,
  showLists: "Show them",
  export: "Save as",
  exportNamed: "Save with names as",
  exportFailed: "The list could not be saved. Ask again.",
  names: "Names",
  namesSays:
    "People stand here by role. Say why you need their names: your reason is recorded, with you. Whoever may list members can tell by a reader’s handle whose it is, without a reason.",
  reason: "Reason",
  reasonHint: "For example: complaint of a patient, reference 12",
  ask: "Show names",
  reasonShort: "Say it in a few words more.",
  named:
    "Names are shown on this page until you leave it. What you save has them too: your reason is recorded with it again.",
};
