// What was read, by whom, in English.
import { chosen } from "./wording.ts";

const verbs = {
  view: ["looked at", "to look at"],
  search: ["searched", "to search"],
  retrieve: ["fetched", "to fetch"],
  verify: ["compared a copy with", "to compare a copy with"],
  export: ["saved", "to save"],
} as const;

// Of what was refused it may not be known which study it was.
function thing(what: string, named: string): string {
  const study = named === "" ? "a study" : named;
  const things = {
    "study-list": "the list of studies",
    study,
    images: `images of ${study}`,
    report: `a report of ${study}`,
    receipt: `a receipt of ${study}`,
    entry: `an entry about ${study}`,
    "access-list": named === "" ? "the list of who looked" : `the list of who looked at ${study}`,
    "reader-names": named === "" ? "the names of those who looked" : `the names of those who looked at ${study}`,
  };
  return chosen(things, what, "something");
}

/** Sentences about reads. `study` is named with its article, or empty where there is none. */
export const accessSentences = {
  did: (action: string, what: string, study: string, refused: boolean): string => {
    const [past, infinitive] = verbs[action as keyof typeof verbs] ?? ["read", "to read"];
    return refused ? `asked ${infinitive} ${thing(what, study)}, and was refused.` : `${past} ${thing(what, study)}.`;
  },
  recorded: (who: string, action: string, what: string, study: string, refused: boolean): string =>
    `recorded that ${who.charAt(0).toLowerCase()}${who.slice(1)} ${accessSentences.did(action, what, study, refused)}`,
  machine: "A machine",
  operator: "The operator of the node",
};
