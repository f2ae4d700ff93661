// Wer etwas angesehen hat: sentences about reads in German, and the words around them.

import { chosen } from "@fiducial/api/wording";
import type { Messages } from "../messages.ts";
import { counted } from "./words.ts";

/** Participle, and infinitive. */
const verbs = {
  view: ["angesehen", "ansehen"],
  search: ["durchsucht", "durchsuchen"],
  retrieve: ["abgerufen", "abrufen"],
  verify: ["mit einer Kopie verglichen", "mit einer Kopie vergleichen"],
  export: ["gesichert", "sichern"],
} as const;

// Von dem, was abgewiesen wurde, ist nicht immer bekannt, welche Studie es war.
function thing(what: string, named: string): string {
  const study = named === "" ? "einer Studie" : named;
  const things = {
    "study-list": "die Liste der Studien",
    study: study.replace(/^einer/, "eine"),
    images: `Bilder ${study}`,
    report: `einen Bericht zu ${study}`,
    receipt: `eine Quittung zu ${study}`,
    entry: `einen Eintrag zu ${study}`,
    "access-list": `die Liste der Zugriffe${named === "" ? "" : ` auf ${study.replace(/^einer/, "eine")}`}`,
    "reader-names": `Namen aus der Liste der Zugriffe${named === "" ? "" : ` auf ${study.replace(/^einer/, "eine")}`}`,
  };
  return chosen(things, what, "etwas");
}

function verb(action: string): readonly [string, string] {
  return verbs[action as keyof typeof verbs] ?? ["gelesen", "lesen"];
}

export const accessSentences: Messages["sentences"]["access"] = {
  did: (action, what, study, refused) => {
    const [participle, infinitive] = verb(action);
    return refused
      ? `wollte ${thing(what, study)} ${infinitive} und wurde abgewiesen.`
      : `hat ${thing(what, study)} ${participle}.`;
  },
  recorded: (who, action, what, study, refused) => {
    const [participle, infinitive] = verb(action);
    const end = refused ? `${infinitive} wollte und abgewiesen wurde` : `${participle} hat`;
    return `hat festgehalten, dass ${who.charAt(0).toLowerCase()}${who.slice(1)} ${thing(what, study)} ${end}.`;
  },
  machine: "Eine Maschine",
  operator: "Der Betrieb des Knotens",
};

export const access: Messages["access"] = {
  title: "Wer hat hineingesehen",
  summary: ({ reads, notable, refused }) =>
    reads === 0
      ? "Bisher wurde niemandem etwas gezeigt."
      : `${counted(reads, "Zugriff", "Zugriffe")} festgehalten${notable === 0 ? ", keiner davon ungewöhnlich" : `; ${counted(notable, "verdient", "verdienen")} einen Blick`}${refused === 0 ? "" : `, ${counted(refused, "wurde", "wurden")} abgewiesen`}.`,
  summaryNone: "Keiner passt.",
  summaryNoneInTime: "Keiner in diesem Zeitraum.",
  turned: "Von liegt nach Bis",
  turnedSays: "In einem solchen Zeitraum liegt nichts; darum wurde nicht gefragt. Wählen Sie andere Tage.",
  list: "Zugriffe und Abweisungen, die neuesten zuerst",
  filter: "Zeigen",
  all: (count) => `Alle ${count}`,
  notable: (count) => `Auffällig ${count}`,
  from: "Von",
  to: "Bis",
  ofStudy: (handle) => `Studie ${handle}`,
  listsOf: (handle) => `Listen seit ${handle}`,
  ofReader: (handle) => `Leser ${handle}`,
  clear: "Wieder alle zeigen",
  historyOf: (handle) => `Verlauf ${handle}`,
  findStudy: "Zugriffe auf eine Studie",
  findHint: "Auftragsnummer, UID der Studie oder eines Objekts",
  find: "Suchen",
  findNothing: "Keine Studie hat diese Nummer oder UID. Sie werden genau verglichen.",
  findSeveral: "Mehrere Studien haben sie. Welche?",
  findFailed: "Der Knoten konnte nicht gefragt werden. Versuchen Sie es noch einmal.",
  openStudy: "Studie öffnen",
  older: "Ältere Zugriffe",
  allOfStudy: "Alle Zugriffe auf diese Studie",
  show: "Zugriffe zeigen",
  showSays: "Nach Rolle. Dass Sie danach fragen, wird festgehalten wie jeder Zugriff.",
  notAllowed: "Die Zugriffe sehen Revision, Datenverwaltung und Verwaltung.",
  none: "Kein solcher Zugriff",
  noneSays: "Nichts Passendes ist festgehalten. Was vor dem Beginn dieser Liste gezeigt wurde, steht nicht darin.",
  purposes: {
    TREAT: "Behandlung",
    ETREAT: "Notfall",
    BTG: "Notfall",
    HPAYMT: "Abrechnung",
    HOPERAT: "Betrieb",
    HRESCH: "Forschung",
    CLINTRCH: "Klinische Studie",
    HQUALIMP: "Qualität",
    TRAIN: "Lehre",
    PATRQT: "Wunsch des Patienten",
    FAMRQT: "Wunsch der Angehörigen",
    PUBHLTH: "Gesundheitswesen",
    HLEGAL: "Rechtssache",
    HSYSADMIN: "Verwaltung",
  },
  presumed: "aus der Rolle angenommen",
  readerTypes: { person: "Person", machine: "Maschine", operator: "Betrieb" },
  studies: (count) => counted(count, "Studie", "Studien"),
  covers: (organization, until) => `Vollständig, wie von ${organization} bis ${until} festgehalten.`,
  notCovered:
    "Zugriffe im PACS selbst und am Gerät, und Kopien, die das Haus verlassen haben. Gleichartige Zugriffe einer Sitzung in einer Minute sind eine Zeile, bis einer mehr zeigt.",
  waiting: (count) =>
    `${counted(count, "Zugriff ist", "Zugriffe sind")} vorgemerkt: Das Protokoll hat noch nicht angenommen.`,
  lists: (count, inTime) =>
    count === 0
      ? `Daneben wurde ${inTime ? "in diesem Zeitraum" : "seit dem Eintragen dieser Studie"} keine Liste von Studien gezeigt.`
      : `Daneben ${count === 1 ? "kann" : "können"} ${counted(count, "Zugriff auf eine Liste", "Zugriffe auf Listen")} von Studien ${inTime ? "in diesem Zeitraum" : "seit dem Eintragen dieser Studie"} sie mit Name und Auftragsnummer gezeigt haben. Von einer Liste ist nur festgehalten, wie viele Studien sie zeigte.`,
  showLists: "Diese zeigen",
  export: "Sichern als",
  exportNamed: "Mit Namen sichern als",
  exportFailed: "Die Liste ließ sich nicht sichern. Versuchen Sie es noch einmal.",
  names: "Namen",
  namesSays:
    "Menschen stehen hier mit ihrer Rolle. Sagen Sie, wozu Sie ihre Namen brauchen: Ihr Grund wird mit Ihnen festgehalten. Wer Mitglieder sehen darf, erkennt am Kennzeichen eines Lesers auch ohne Grund, wer es ist.",
  reason: "Grund",
  reasonHint: "Zum Beispiel: Beschwerde eines Patienten, Aktenzeichen 12",
  ask: "Namen zeigen",
  reasonShort: "Sagen Sie es in ein paar Worten mehr.",
  named:
    "Namen stehen auf dieser Seite, bis Sie sie verlassen. Auch was Sie sichern, hat sie: Ihr Grund wird dabei noch einmal festgehalten.",
};
