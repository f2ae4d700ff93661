// What is said of an object that nobody knows here, in German.
import type { Messages } from "../messages.ts";

export const unknownObject: Messages["unknownObject"] = {
  searched: "Durchsucht",
  searchedSays: (last) => `Einträge 0 – ${last} des eigenen Protokolls`,
  completeUpTo: "Vollständig bis",
  notSearched: "Nicht durchsucht",
  notSearchedSays: "Protokolle anderer Organisationen",
  receiptWanted: "Den Beleg dieses Bilds dazulegen",
  receiptWantedSays:
    "Was von einem Bild ohne Beleg eingetragen ist, sagt dieser Knoten nur den eigenen Leuten. Wer Ihnen das Bild gegeben hat, kann seinen Beleg speichern; damit wird es hier geprüft, und niemand wird gefragt.",
};
