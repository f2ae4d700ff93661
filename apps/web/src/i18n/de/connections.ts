// Connections, in German.
import type { Messages } from "../messages.ts";

export const connections: Messages["connections"] = {
  title: "Verbindungen",
  says: "Was woher kommt, seit der Knoten läuft",
  types: {
    dimse: "DICOM (C-STORE)",
    stow: "DICOMweb (STOW-RS)",
    folder: "Beobachteter Ordner",
    orthanc: "Orthanc-Feed",
    pacs: "PACS",
  },
  states: { works: "Geht", failed: "Gestört", idle: "Noch nichts" },
  nothingYet: "nichts empfangen",
  received: (objects, bytes) => `${objects}, ${bytes}`,
  refused: (count) => `${count} abgelehnt`,
  last: (when) => `zuletzt ${when}`,
  since: { works: (when) => `antwortet seit ${when}`, failed: (when) => `gestört seit ${when}` },
  releases: {
    none: "bewahrt alles auf, was hier registriert ist",
    waiting: (objects) => `${objects} bleiben hier, bis sich gezeigt hat, dass das PACS sie hat`,
    altered: (objects) => `${objects} anders zurückgegeben als registriert: hier aufbewahrt`,
    kept: (objects) => `${objects} auf Dauer hier aufbewahrt`,
  },
  fault: (when) => `${when}:`,
  test: "Testen",
  testOf: (name) => `${name} testen`,
  testing: "wird getestet",
  tested: { works: "antwortet", failed: "antwortet nicht wie erwartet" },
  testFailed: "konnte nicht getestet werden",
  emptyTitle: "Noch ist nichts verbunden",
  emptySays:
    "Eine Modalität erscheint hier, sobald sie sendet. Ordner und Feeds stehen in der Konfiguration des Knotens; siehe Hilfe.",
  covers: "Vollständig für das, was diesen Knoten erreicht.",
  notCovered: "was Geräte an ihm vorbei an das Archiv senden.",
  refusals: "Zuletzt abgelehnt",
  refusalTable: "Ablehnungen nach der Zeit",
  refusalsSays: "Neueste zuerst; wessen Bilder es waren, wird nicht aufbewahrt",
  columns: { when: "Wann", from: "Von", why: "Warum, und was zu tun ist", code: "Code" },
  waiting: {
    title: "Wartet auf Registrierung",
    none: "Nichts wartet",
    noneSays: "Alles Empfangene ist registriert.",
    some: (objects, studies) => `${objects} aus ${studies} warten auf Registrierung`,
    someSays: (since) =>
      `Das älteste kam vor ${since}. Eine Studie wird registriert, wenn nichts mehr von ihr kommt; verloren geht inzwischen nichts.`,
    heldUp: (objects) => `${objects} warten und können gerade nicht registriert werden`,
    heldUpSays: (since) =>
      `Das älteste kam vor ${since}. Nichts ist verloren: Alles liegt auf der Platte und wird so lange versucht, bis es gelingt.`,
  },
};
