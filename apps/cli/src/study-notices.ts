// What is to be said of a study, or of a version of an object, to whoever holds images or receipts.

/** Sentences, by code. */
export const studyNotices: Readonly<Record<string, string>> = {
  STUDY_FROZEN: "The patient of this study is being corrected: it is not to be shared until that is complete.",
  VERSION_CONTESTED:
    "This came later under a UID that was registered before, and shows something else than the first version, or is of another patient: it is no copy of that one.",
  STUDY_DESTROYED: "This study was destroyed: the receipt shows what was, and its sealed values open no more.",
};
