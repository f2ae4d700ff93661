// Die Prüfseite allein, auf Deutsch: Das Prüfprogramm zum Mitnehmen muss klein bleiben und hat nichts davon.
import { counter } from "@fiducial/api/wording";
import type { Messages } from "../messages.ts";

const counted = counter("de-DE");

export const verifyPage: Messages["verifyPage"] = {
  title: "Prüfen",
  says: "Ist diese Datei das, was eingetragen wurde? Hier im Browser geprüft: ohne Konto, ohne Hochladen.",
  offline: "Geht ohne Netz",
  saveFindings: "Ergebnis speichern",
  chooseFolder: "Ordner wählen",
  nothingAtHand: "Nichts zur Hand?",
  tryAltered: "Eine veränderte Kopie eines hier abgelegten Bilds ausprobieren",
  dropAnother: "Weitere Datei, Beleg oder Ordner ablegen",
  image: (instance, series) => (series === undefined ? `Bild ${instance}` : `Bild ${instance} der Serie ${series}`),
  dropped: (size, at, ms) => `${size} · geprüft ${at} in ${ms}`,
  receiptAlone: (at) => `Beleg · geprüft ${at}`,
  stop: "Anhalten",
  waits: "Wartet auf den Schritt davor",
  file: (name, number, of) => (of > 1 ? `${name} · ${number} von ${of}` : name),
  tally: {
    holds: (count) => counted(count, "hält", "halten"),
    differs: (count) => counted(count, "weicht ab", "weichen ab"),
    fails: (count) => counted(count, "hält nicht", "halten nicht"),
    open: (count) => counted(count, "ist offen", "sind offen"),
    waits: (count) => counted(count, "wartet", "warten"),
    "not-run": (count) => `${count} nicht ausgeführt`,
  },
  sealedCompared: "Versiegelte Werte wurden an ihren Digests verglichen; nichts wurde geöffnet.",
  nothingDiffers: "Was verglichen wurde",
  identity: {
    patient: {
      title: "Vor der Klärung nicht für diesen Patienten verwenden.",
      says: "Die Kopfdaten nennen jemand anderen als registriert: Der Patient wurde inzwischen berichtigt, oder ein Bild wurde falsch zugeordnet.",
    },
    other: {
      title: "Klären Sie, wozu es gehört.",
      says: "Identität sagt, von welchem Patienten, welcher Studie, welchem Auftrag und welchem Gerät ein Bild ist. Fragen Sie, wer die Datei geschickt hat.",
    },
  },
  registered: "Registriert",
  digestOnly: "nur Digest",
  reread: "liest sich anders",
  frames: "Einzelbilder",
  equalOf: (equal, total) => `${equal} von ${total} gleich`,
  differOf: (changed, total) => `${changed} von ${total} anders`,
  shownBecause: "Sie dürfen diese Studie lesen, darum wird die abgelegte Kopie gezeigt",
  registeredCopy: "Registriert",
  storedCopy: "abgelegte Kopie",
  thisFile: "Diese Datei",
  comparedVersions: (count, version) =>
    `${counted(count, "Fassung", "Fassungen")} dieses Objekts; gezeigt ist Fassung ${version}`,
  registeredAs: "Registriert als",
  noted: "Beim Lesen vermerkt:",
  sopUid: "Objekt",
  checkpointLine: (size) => `Prüfpunkt über ${size} Einträge · Wurzel`,
  openEntry: "Eintrag öffnen",
  openStudy: "Studie öffnen",
  list: {
    title: (count) => counted(count, "Datei", "Dateien"),
    file: "Datei",
    verdict: "Urteil",
    size: "Größe",
  },
  policyOfNode: "Vertrauensregeln dieses Knotens",
  short: {
    identical: "identisch",
    "header-changed": "Kopfdaten geändert",
    "same-pixels": "gleiche Bildpunkte",
    altered: "verändert",
    undecided: "unentschieden",
    unknown: "unbekannt",
  },
  difference: "Unterschied",
  pixelsDiffer: (count, of) => `${count} von ${of} Bildpunkten`,
};
