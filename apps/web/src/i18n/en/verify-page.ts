// The verify page alone, in English: the offline verifier, which has to stay small, has none of it.
import { counter } from "@fiducial/api/wording";

const counted = counter("en-GB");

export const verifyPage = {
  title: "Verify",
  says: "Is this file what was recorded? Checked here in your browser: no account, no upload.",
  offline: "Works offline",
  saveFindings: "Save the findings",
  chooseFolder: "Choose a folder",
  nothingAtHand: "Nothing at hand?",
  tryAltered: "Try an altered copy of an image kept here",
  dropAnother: "Drop another file, a receipt or a folder",
  image: (instance: number, series: number | undefined): string =>
    series === undefined ? `image ${instance}` : `image ${instance} of series ${series}`,
  dropped: (size: string, at: string, ms: string): string => `${size} · checked ${at} in ${ms}`,
  receiptAlone: (at: string): string => `Receipt · checked ${at}`,
  stop: "Stop",
  waits: "Waits for the step before",
  file: (name: string, number: number, of: number): string => (of > 1 ? `${name} · ${number} of ${of}` : name),
  tally: {
    holds: (count: number): string => counted(count, "holds", "hold"),
    differs: (count: number): string => counted(count, "differs", "differ"),
    fails: (count: number): string => counted(count, "fails", "fail"),
    open: (count: number): string => counted(count, "is open", "are open"),
    waits: (count: number): string => counted(count, "waits", "wait"),
    "not-run": (count: number): string => `${count} not run`,
  },
  sealedCompared: "Sealed values were compared by their digests; nothing was opened.",
  nothingDiffers: "What was compared",
  identity: {
    patient: {
      title: "Do not use it for this patient before it is cleared up.",
      says: "The header names somebody else than was registered: the patient was corrected since, or an image was filed under another.",
    },
    other: {
      title: "Find out what it belongs to.",
      says: "Identity says of which patient, study, order and device an image is. Ask whoever sent the file.",
    },
  },
  registered: "Registered",
  digestOnly: "digest only",
  reread: "reads otherwise",
  frames: "Frames",
  equalOf: (equal: string, total: string): string => `${equal} of ${total} equal`,
  differOf: (changed: string, total: string): string => `${changed} of ${total} differ`,
  shownBecause: "you may read this study, so the stored copy is shown",
  registeredCopy: "Registered",
  storedCopy: "stored copy",
  thisFile: "This file",
  comparedVersions: (count: number, version: number): string =>
    `${counted(count, "version", "versions")} of this object; shown is version ${version}`,
  registeredAs: "Registered as",
  noted: "Noted while reading:",
  sopUid: "Object",
  checkpointLine: (size: string): string => `Checkpoint of ${size} entries · root`,
  openEntry: "Open entry",
  openStudy: "Open the study",
  list: {
    title: (count: number): string => counted(count, "file", "files"),
    file: "File",
    verdict: "Verdict",
    size: "Size",
  },
  policyOfNode: "Policy of this node",
  short: {
    identical: "identical",
    "header-changed": "header changed",
    "same-pixels": "same pixels",
    altered: "altered",
    undecided: "undecided",
    unknown: "unknown",
  },
  difference: "Difference",
  pixelsDiffer: (count: string, of: string): string => `${count} of ${of} pixels`,
};
