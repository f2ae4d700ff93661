// What statements say, in German. Who said it is put before by the page, so each goes on in the third person of the perfect.

import { chosen } from "@fiducial/api/wording";
import type { Messages } from "../messages.ts";
import { accessSentences } from "./access.ts";
import { counted, words } from "./words.ts";

const { objects } = words;

const identity: Messages["sentences"]["identity"] = {
  logCreated: (organizations) =>
    organizations > 1
      ? `hat dieses Protokoll gegründet: ${counted(organizations, "Organisation", "Organisationen")} mit ihren Stammschlüsseln.`
      : "hat dieses Protokoll mit den eigenen Stammschlüsseln gegründet.",
  organizationRegistered: () => "hat eine weitere Organisation in dieses Protokoll aufgenommen.",
  contractActivated: (version, atIndex) => `hat Fassung ${version} der Regeln in Kraft gesetzt, ab Eintrag ${atIndex}.`,
  actorRegistered: (type) =>
    `hat ${chosen({ person: "eine Person", ai: "ein KI-Produkt", device: "ein Gerät" }, type, "eine Software")} angemeldet.`,
  actorRetired: (reason) => `hat einen eigenen Akteur abgemeldet${chosen(retirements, reason)}.`,
  keyRegistered: (passkey, root) =>
    root
      ? "hat einen weiteren Stammschlüssel angemeldet."
      : `hat für einen eigenen Akteur einen ${passkey ? "Passkey" : "Schlüssel"} angemeldet.`,
  keyRotated: () => "hat einen Schlüssel durch einen neuen ersetzt.",
  keyRevoked: (reason) => `hat einen Schlüssel widerrufen${chosen(revocations, reason)}.`,
  keyCompromised: () => "hat gemeldet, dass ein Schlüssel in fremden Händen ist.",
  keyRecovered: () => "hat einem eigenen Akteur einen neuen Schlüssel gegeben, weil die alten verloren sind.",
  roleGranted: (role) => `hat einer Person ${role === "" ? "eine Rolle" : `die Rolle ${roleWord(role)}`} gegeben.`,
  roleWithdrawn: (role) => `hat einer Person ${role === "" ? "eine Rolle" : `die Rolle ${roleWord(role)}`} entzogen.`,
  statementDisputed: (reason) => `hat eine Aussage bestritten${chosen(disputes, reason)}.`,
  logSealed: (successor) => `hat dieses Protokoll beendet${successor ? "; ein anderes führt es fort" : ""}.`,
};

const retirements = {
  ceased: ": ausgeschieden",
  replaced: ": ersetzt",
  decommissioned: ": außer Betrieb genommen",
  "entered-in-error": ": irrtümlich eingetragen",
};
const revocations = { lost: ": verloren", superseded: ": durch einen anderen ersetzt", ceased: ": nicht mehr nötig" };
const disputes = {
  "wrong-subject": ": Sie betrifft jemand anderen",
  "wrong-content": ": Was sie sagt, ist falsch",
  "not-me": ": Sie stammt nicht von der genannten Stelle",
};

const imaging: Messages["sentences"]["imaging"] = {
  study: (modalities) => {
    const names = [...new Set(modalities.filter((code) => !aboutImages.has(code)).map(words.modality))];
    return names.length === 0 || names.length > 2 ? "einer Studie" : `einer Studie (${names.join(", ")})`;
  },
  registered: (instances, study) => `hat ${objects(instances)} ${study} empfangen und registriert.`,
  extended: (instances, study) => `hat ${counted(instances, "weiteres Objekt", "weitere Objekte")} ${study} empfangen.`,
  derived: (instances, method, sources) =>
    `hat ${objects(instances)} aus ${sources === 1 ? "einer registrierten Studie" : counted(sources, "registrierten Studie", "registrierten Studien")} erzeugt${chosen(methods, method)}.`,
  sent: (instances, purpose, outcome, to) =>
    `hat ${objects(instances)} einer Studie ${to === undefined ? "" : `an ${to} `}gesendet${chosen(purposes, purpose)}${chosen(outcomes, outcome)}.`,
  received: (instances, purpose, outcome, from) =>
    `hat ${objects(instances)} einer Studie von ${from ?? "anderswo"} empfangen${chosen(purposes, purpose)}${chosen(outcomes, outcome)}.`,
  verified: (instances, result) =>
    `hat ${objects(instances)} mit dem Registrierten verglichen: ${chosen(results, result, result)}.`,
  rejected: (scope, instances, reason) =>
    `hat ${chosen({ study: "eine Studie", series: `eine Serie von ${counted(instances, "Objekt", "Objekten")}` }, scope, objects(instances))} verworfen${chosen(rejections, reason)}.`,
  subjectCorrected: () =>
    "hat eine Studie einem anderen Patienten zugeordnet; sie wird nicht weitergegeben, bis jemand anderes das geprüft hat.",
  correctionNotified: (party) =>
    `hat für ${party === "holder" ? "eine Stelle mit Kopien" : "einen Patienten"} vermerkt, dass eine Studie falsch zugeordnet war.`,
  correctionCompleted: () =>
    "hat die Korrektur einer Zuordnung abgeschlossen; die Studie darf wieder weitergegeben werden.",
  holdPlaced: (reason) => `hat eine Studie gesperrt${chosen(holds, reason)}.`,
  holdReleased: (reason) => `hat die Sperre einer Studie aufgehoben${chosen(holds, reason)}.`,
  retentionSet: (until) =>
    until === ""
      ? "hat festgelegt, wie lange eine Studie aufbewahrt wird."
      : `hat festgelegt, dass eine Studie bis ${until} aufbewahrt wird.`,
  destructionApproved: (studies, reason) =>
    `hat genehmigt, dass ${studies === 1 ? "1 Studie vernichtet wird" : `${counted(studies, "Studie", "Studien")} vernichtet werden`}${chosen(destructions, reason)}.`,
  destroyed: (instances, method) =>
    method === "keys"
      ? `hat die Schlüssel zu ${counted(instances, "Objekt", "Objekten")} einer Studie vernichtet.`
      : `hat ${objects(instances)} einer Studie${method === "keys-and-bytes" ? " samt Schlüsseln" : ""} vernichtet.`,
  erasureApproved: (studies) =>
    `hat genehmigt, dass gelöscht wird, was über einen Patienten aufbewahrt ist${studies === 0 ? "" : `, mit ${counted(studies, "Studie", "Studien")}`}.`,
  erasureExecuted: (survivors) =>
    `hat gelöscht, was über einen Patienten aufbewahrt war${survivors === 0 ? "" : `; ${counted(survivors, "Kopie ist", "Kopien sind")} unerreichbar`}.`,
};

// Objects that are made of a study's images are no kind of study.
const aboutImages: ReadonlySet<string> = new Set(["SR", "SEG", "PR", "KO", "DOC", "RWV", "REG"]);

const methods = {
  "de-identified": ": anonymisiert",
  transcoded: ": neu kodiert",
  segmented: ": segmentiert",
  reformatted: ": neu formatiert",
  enhanced: ": aufbereitet",
};
const purposes = {
  TREAT: ", zur Behandlung",
  ETREAT: ", im Notfall",
  HRESCH: ", zur Forschung",
  CLINTRCH: ", für eine klinische Prüfung",
  HQUALIMP: ", zur Qualitätssicherung",
  TRAIN: ", zur Lehre",
  PATRQT: ", auf Wunsch des Patienten",
  HLEGAL: ", in einer Rechtssache",
  HSYSADMIN: ", zur Verwaltung",
};
const outcomes = { partial: "; nicht alle kamen an", failed: "; die Übertragung schlug fehl" };
const results = {
  identical: "identisch",
  "header-changed": "Kopfdaten geändert, Bildpunkte gleich",
  "same-pixels": "neu kodiert, Bildpunkte gleich",
  altered: "verändert",
  undecided: "unentschieden, kein Dekodierer zur Hand",
  unknown: "hier unbekannt",
};
const rejections = {
  quality: ", wegen der Qualität",
  "patient-safety": ", zur Sicherheit des Patienten",
  "wrong-worklist-entry": ": Der Arbeitslisteneintrag war falsch",
  "retention-expired": ": Die Aufbewahrung ist abgelaufen",
};
const holds = {
  legal: ", wegen einer Rechtssache",
  trial: ", wegen einer klinischen Prüfung",
  research: ", für die Forschung",
  quality: ", für eine Qualitätsprüfung",
};
const destructions = {
  "retention-expired": ", weil die Aufbewahrung abgelaufen ist",
  rejected: ", nachdem die Bilder verworfen wurden",
  erasure: ", als Teil einer Löschung",
  "entered-in-error": ", wegen irrtümlicher Eintragung",
};

const who: Readonly<Record<string, string>> = {
  technologist: "Ein Radiologietechnologe",
  radiologist: "Ein Radiologe",
  referrer: "Ein Zuweiser",
  physicist: "Ein Medizinphysiker",
  "trial-coordinator": "Eine Studienkoordination",
  reader: "Ein Studienbefunder",
  "data-steward": "Die Datenverwaltung",
  "ai-developer": "Eine KI-Entwicklung",
  educator: "Eine Lehrkraft",
  auditor: "Die Revision",
  patient: "Ein Patient",
  administrator: "Die Verwaltung",
};

function roleWord(role: string): string {
  return words.roles[role] ?? role;
}

export const sentences: Messages["sentences"] = {
  who: {
    organization: "Eine Organisation",
    person: "Eine Person",
    ai: "Ein KI-Produkt",
    device: "Ein Gerät",
    software: "Eine Software",
    role: (role) => who[role] ?? "Eine Person",
    and: (first, second) => `${first}, mit Zustimmung (${second}),`,
  },
  other: (kind) => `hat etwas der Art ${kind} ausgesagt.`,
  identity,
  imaging,
  access: accessSentences,
};
