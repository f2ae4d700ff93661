// Single words and short labels, in German.

import { chosen, counter } from "@fiducial/api/wording";
import type { Messages } from "../messages.ts";

export const counted: (count: number, one: string, many: string) => string = counter("de-DE");

const modalityNames = {
  CR: "Röntgen",
  DX: "Röntgen",
  MG: "Mammographie",
  US: "Ultraschall",
  XA: "Angiographie",
  RF: "Durchleuchtung",
  PT: "PET",
  NM: "Nuklearmedizin",
  SM: "Mikroskopie",
  ECG: "EKG",
  SR: "strukturierter Befund",
  SEG: "Segmentierung",
};

export const words: Messages["words"] = {
  actorTypes: { organization: "Organisation", person: "Person", ai: "KI", device: "Gerät", software: "Software" },
  roles: {
    technologist: "Radiologietechnologe",
    radiologist: "Radiologe",
    referrer: "Zuweiser",
    physicist: "Medizinphysiker",
    "trial-coordinator": "Studienkoordination",
    reader: "Studienbefunder",
    "data-steward": "Datenverwaltung",
    "ai-developer": "KI-Entwicklung",
    educator: "Lehre",
    auditor: "Revision",
    patient: "Patient",
    administrator: "Verwaltung",
  },
  bases: { seen: "Gesehen", stated: "Angegeben", imported: "Übernommen" },
  natures: { act: "Handlung", observation: "Beobachtung" },
  applications: {
    imaging: "Bildgebung",
    access: "Zugriffe",
    reports: "Befunde",
    ai: "KI",
    consent: "Einwilligung",
    other: "Übriges",
  },
  modality: (code) => chosen(modalityNames, code, code),
  objects: (count) => counted(count, "Objekt", "Objekte"),
  series: (count) => counted(count, "Serie", "Serien"),
  entries: (count) => counted(count, "Eintrag", "Einträge"),
  studies: (count) => counted(count, "Studie", "Studien"),
  findings: (count) => counted(count, "Feststellung", "Feststellungen"),
  hashes: (count) => counted(count, "Hash", "Hashes"),
  entryNumber: (index) => `#${index}`,
  witnesses: (count) => counted(count, "Zeuge", "Zeugen"),
  replicas: (count) => counted(count, "Replik", "Repliken"),
  copy: "Kopieren",
  copied: "Kopiert",
  save: "Speichern",
  receipt: "Beleg",
  claimedLog: (log) => `Der Beleg gibt an, vom Protokoll ${log} zu sein; noch beweist das nichts.`,
  sealed: "versiegelt",
  yes: "ja",
  no: "nein",
  nothing: "nichts",
};
