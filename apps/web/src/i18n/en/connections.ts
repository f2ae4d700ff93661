// Connections, in English.
export const connections = {
  title: "Connections",
  says: "What comes in from where, and who can be called, since the node was started",
  types: {
    dimse: "DICOM (C-STORE)",
    stow: "DICOMweb (STOW-RS)",
    folder: "Watched folder",
    orthanc: "Orthanc feed",
    pacs: "PACS",
  },
  states: { works: "Works", failed: "Failed", idle: "Nothing yet" },
  nothingYet: "nothing received",
  received: (objects: string, bytes: string): string => `${objects}, ${bytes}`,
  refused: (count: string): string => `${count} refused`,
  last: (when: string): string => `last ${when}`,
  since: {
    works: (when: string): string => `answers since ${when}`,
    failed: (when: string): string => `failed since ${when}`,
  },
  releases: {
    none: "keeps everything that is registered here",
    waiting: (objects: string): string => `${objects} stay here until the PACS was seen to hold them`,
    altered: (objects: string): string => `${objects} given otherwise than registered: kept here`,
    kept: (objects: string): string => `${objects} kept here for good`,
  },
  fault: (when: string): string => `${when}:`,
  test: "Test",
  testOf: (name: string): string => `Test ${name}`,
  testing: "testing",
  answered: (ms: string): string => `answered in ${ms} ms`,
  notAnswered: (ms: string): string => `test failed after ${ms} ms`,
  /** By code, in the place of the node's own sentence, which is English. */
  faults: {} as Readonly<Record<string, string>>,
  testFailed: "could not be tested",
  emptyTitle: "Nothing is connected yet",
  emptySays:
    "A modality appears here as soon as it sends. Systems to call, folders and feeds are named in the node’s configuration; see the help.",
  covers: "Complete for what reaches this node.",
  notCovered: "what devices send to the archive past it.",
  refusals: "Refused of late",
  refusalTable: "Refusals by time",
  refusalsSays: "the newest first; whose images they were is not kept",
  columns: { when: "When", from: "From", why: "Why, and what to do", code: "Code" },
  waiting: {
    title: "Waiting to be registered",
    none: "Nothing waits",
    noneSays: "Everything that was received is registered.",
    some: (objects: string, studies: string): string => `${objects} of ${studies} wait to be registered`,
    someSays: (since: string): string =>
      `The oldest came ${since} ago. A study is registered when nothing more of it comes; nothing is lost meanwhile.`,
    heldUp: (objects: string): string => `${objects} wait and cannot be registered now`,
    heldUpSays: (since: string): string =>
      `The oldest came ${since} ago. Nothing is lost: they are on disk, and are tried again until it succeeds.`,
  },
};
