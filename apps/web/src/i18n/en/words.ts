// Single words and short labels, in English.
import { chosen, counter } from "../wording.ts";

export const counted: (count: number, one: string, many: string) => string = counter("en-GB");

const modalityNames = {
  CR: "X-ray",
  DX: "X-ray",
  MG: "mammography",
  US: "ultrasound",
  XA: "angiography",
  RF: "fluoroscopy",
  PT: "PET",
  NM: "nuclear medicine",
  SM: "microscopy",
  ECG: "ECG",
  SR: "structured report",
  SEG: "segmentation",
};

export const words = {
  actorTypes: { organization: "Organization", person: "Person", ai: "AI", device: "Device", software: "Software" },
  roles: {
    technologist: "Technologist",
    radiologist: "Radiologist",
    referrer: "Referring physician",
    physicist: "Medical physicist",
    "trial-coordinator": "Trial coordinator",
    reader: "Trial reader",
    "data-steward": "Data steward",
    "ai-developer": "AI developer",
    educator: "Educator",
    auditor: "Auditor",
    patient: "Patient",
    administrator: "Administrator",
  } as Readonly<Record<string, string>>,
  bases: { seen: "Seen", stated: "Stated", imported: "Imported" },
  natures: { act: "Act", observation: "Observation" },
  modality: (code: string): string => chosen(modalityNames, code, code),
  objects: (count: number): string => counted(count, "object", "objects"),
  series: (count: number): string => counted(count, "series", "series"),
  entries: (count: number): string => counted(count, "entry", "entries"),
  findings: (count: number): string => counted(count, "finding", "findings"),
  hashes: (count: number): string => counted(count, "hash", "hashes"),
  entryNumber: (index: number): string => `#${index}`,
  witnesses: (count: number): string => counted(count, "witness", "witnesses"),
  replicas: (count: number): string => counted(count, "replica", "replicas"),
  copy: "Copy",
  copied: "Copied",
  save: "Save",
  receipt: "Receipt",
  claimedLog: (log: string): string => `The receipt says that it is of the log ${log}; nothing proves that yet.`,
  sealed: "sealed",
  yes: "yes",
  no: "no",
  nothing: "nothing",
};
