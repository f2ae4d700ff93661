// What is said of an object that nobody knows here, in German.
import type { Messages } from "../messages.ts";

export const unknownObject: Messages["unknownObject"] = {
  searched: "Durchsucht",
  searchedSays: (last) => `Einträge 0 – ${last} des eigenen Protokolls`,
  completeUpTo: "Vollständig bis",
  notSearched: "Nicht durchsucht",
  notSearchedSays: "Protokolle anderer Organisationen",
};
