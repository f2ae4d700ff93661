// What the words on the pages mean, in English.

export const glossary = {
  title: "Words",
  says: "What is meant by them here.",
  terms: {
    statement: {
      word: "Statement",
      says: "One claim of somebody, with a signature: a study was registered, a copy was compared, a role was granted.",
    },
    entry: {
      word: "Entry",
      says: "A statement as it stands in the log: with its number, the time it was ordered, and its findings. It is never changed.",
    },
    act: { word: "Act", says: "A statement that asks for something, as a role or a key. It can be refused." },
    observation: {
      word: "Observation",
      says: "A statement that tells what happened. It is recorded even when it breaks a rule; then it has findings.",
    },
    finding: {
      word: "Finding",
      says: "What was not as it should be about an entry, by rule, as a code that means one thing.",
    },
    basis: {
      word: "Seen, stated, imported",
      says: "How whoever signed knows: the machine saw it itself, somebody said so, or it came from another record.",
    },
    log: {
      word: "Log",
      says: "The list of all entries of one organization, tied together so that nothing can be taken out or put in unnoticed.",
    },
    checkpoint: {
      word: "Checkpoint",
      says: "The signed head of the log. Whoever has one can tell later whether the log was rewritten.",
    },
    witness: {
      word: "Witness",
      says: "Another organization that cosigns checkpoints, so that two people cannot be shown two different logs.",
    },
    receipt: {
      word: "Receipt",
      says: "A file that proves one entry, with everything that is needed to check it without this node.",
    },
    policy: {
      word: "Policy",
      says: "Whose signatures a verifier takes for a log. You get it once, by a way that you trust.",
    },
    fingerprint: {
      word: "Fingerprint",
      says: "What was computed of an image when it was registered: of its file, its frames and its attributes, each by itself.",
    },
    identical: {
      word: "Identical",
      says: "The same data set as was registered. At most the file around it, or an encoding that changes no value, is another.",
    },
    headerChanged: {
      word: "Header changed",
      says: "The same frames; each attribute that differs is named. An archive changes some, which is harmless.",
    },
    samePixels: { word: "Same pixels", says: "Another encoding of the same samples, without loss." },
    undecided: {
      word: "Undecided",
      says: "It cannot be compared exactly: what was registered was compressed with loss and this copy is encoded otherwise, or there is no decoder for it here.",
    },
    altered: {
      word: "Altered",
      says: "No registered version of this image has these pixels, or this content: it was edited, cut short, or compressed with loss since. Do not read from this copy.",
    },
    unknown: {
      word: "Unknown",
      says: "No object of this UID is registered here, or it was destroyed or erased since. That says nothing good or bad about it.",
    },
    version: {
      word: "Version",
      says: "The same image, by its UID, that came in again with other bytes. Nothing is overwritten.",
    },
    backlog: {
      word: "Backlog",
      says: "What came in and is kept, and is not registered yet. A study is registered when nothing of it came for a while.",
    },
    handle: { word: "Handle", says: "A random number that stands for a person or a thing, instead of a name." },
    sealed: {
      word: "Sealed",
      says: "The log has only a commitment to this value; the value itself is in this organization’s vault, and can be forgotten.",
    },
    vault: { word: "Vault", says: "Where values that lead to people are kept, encrypted, with a key for each person." },
  },
};
