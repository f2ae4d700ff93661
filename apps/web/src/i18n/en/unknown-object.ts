// What is said of an object that nobody knows here, in English: where it was looked for. And of one without a receipt, to whom the node tells nothing.

export const unknownObject = {
  searched: "Searched",
  searchedSays: (last: string): string => `entries 0 – ${last} of this node’s own log`,
  completeUpTo: "Complete up to",
  notSearched: "Not searched",
  notSearchedSays: "logs of other organizations",
  receiptWanted: "Add the receipt of this image",
  receiptWantedSays:
    "What was recorded of an image without its receipt, this node tells its own staff only. Whoever gave you the image can save its receipt; with that, it is checked here, and nobody is asked.",
};
