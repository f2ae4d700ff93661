// What is said of an object that nobody knows here, in English: where it was looked for.

export const unknownObject = {
  searched: "Searched",
  searchedSays: (last: string): string => `entries 0 – ${last} of this node’s own log`,
  completeUpTo: "Complete up to",
  notSearched: "Not searched",
  notSearchedSays: "logs of other organizations",
};
