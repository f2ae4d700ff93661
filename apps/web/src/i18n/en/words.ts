// Single words and short labels, in English.
import { englishWords } from "@fiducial/api/sentences";
import { counter } from "@fiducial/api/wording";

export const counted: (count: number, one: string, many: string) => string = counter("en-GB");

export const words = {
  actorTypes: { organization: "Organization", person: "Person", ai: "AI", device: "Device", software: "Software" },
  roles: {
    technologist: "Technologist",
    radiologist: "Radiologist",
    referrer: "Referring physician",
    physicist: "Medical physicist",
    "trial-coordinator": "Trial coordinator",
    reader: "Reader of a trial",
    "data-steward": "Data steward",
    "ai-developer": "AI developer",
    educator: "Educator",
    auditor: "Auditor",
    patient: "Patient",
    administrator: "PACS administrator",
  } as Readonly<Record<string, string>>,
  bases: { seen: "Seen", stated: "Stated", imported: "Imported" },
  natures: { act: "Act", observation: "Observation" },
  applications: {
    imaging: "Imaging",
    access: "Access",
    reports: "Reports",
    ai: "AI",
    consent: "Consent",
    other: "Other",
  },
  ...englishWords,
  series: (count: number): string => counted(count, "series", "series"),
  entries: (count: number): string => counted(count, "entry", "entries"),
  studies: (count: number): string => counted(count, "study", "studies"),
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
