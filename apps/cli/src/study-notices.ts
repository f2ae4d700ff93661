// What is to be said of a study to whoever holds its images or its receipts.

/** Sentences, by the contract's code. */
export const studyNotices: Readonly<Record<string, string>> = {
  STUDY_FROZEN: "The patient of this study is being corrected: it is not to be shared until that is complete.",
  STUDY_DESTROYED: "This study was destroyed: the receipt shows what was, and its sealed values open no more.",
};
