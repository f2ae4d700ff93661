// The tables of the DICOM conformance statement, from the code that does what they say.
import {
  type DimseListenerLimits,
  defaultDimseListenerLimits,
} from "../../apps/node/src/connections/dimse/dimse-options.ts";
import { statuses } from "../../packages/dicom/src/dimse/status.ts";
import { storageClasses } from "../../packages/dicom/src/dimse/storage-classes.ts";

/** The storage SOP classes of the standard that are taken. */
export function storageClassLines(): string[] {
  return [
    "| SOP class | UID |",
    "|---|---|",
    ...storageClasses.map(({ uid, name, isRetired }) => `| ${name}${isRetired ? " (retired)" : ""} | \`${uid}\` |`),
  ];
}

const meanings: Readonly<Record<keyof typeof statuses, string>> = {
  success: "C-STORE: the object and its place in the inbox are durable; it will be registered. C-ECHO: answered",
  storedMismatch:
    "the object is stored as what it says that it is, and its UIDs differ from those of the command further in than its first 8 KiB",
  outOfResources:
    "the disk is full, the object is larger than the limit, or the node is stopping or failing; sending it again later may succeed",
  dataSetMismatch: "SOP Class or SOP Instance UID of the data set are not those of the command; nothing was stored",
  cannotUnderstand: "the data set cannot be read; the code in the Error Comment says why; nothing was stored",
  sopClassNotSupported: "the command's SOP class is not that of its presentation context",
  invalidSopInstance: "the command has no SOP Instance UID that is one",
  unrecognizedOperation: "any other DIMSE service",
};

/** The statuses that are answered. */
export function statusLines(): string[] {
  const rows = Object.entries(statuses) as [keyof typeof statuses, number][];
  return [
    "| status | when |",
    "|---|---|",
    ...rows
      .sort(([, one], [, other]) => one - other)
      .map(([name, status]) => `| \`${status.toString(16).toUpperCase().padStart(4, "0")}\` | ${meanings[name]} |`),
  ];
}

const limits: Readonly<Record<keyof DimseListenerLimits, string>> = {
  connections: "connections together; those beyond are closed",
  silentConnections: "connections without an association; the longest silent makes room for a new one",
  associations: "associations together; those beyond are rejected (transient, local limit exceeded)",
  associationsPerAddress: "associations from one address; likewise",
  artimMs: "for an association to be requested, and for a peer to close behind the end of one (ARTIM)",
  idleMs: "between messages",
  stalledMs: "without a byte in the middle of a message, or without an answer being read",
  closingMs: "that a node which stops leaves to objects that are coming in",
  pduBytes: "maximum length received that is offered; 16 KiB to 1 MiB",
  objectBytes: "one object",
};

/** What a listener takes. */
export function limitLines(): string[] {
  return [
    "| limit | default |",
    "|---|---|",
    ...Object.entries(limits).map(
      ([name, says]) => `| ${says} | ${amount(name, defaultDimseListenerLimits[name as keyof DimseListenerLimits])} |`,
    ),
  ];
}

function amount(name: string, value: number): string {
  if (name.endsWith("Ms")) return value >= 120_000 ? `${value / 60_000} min` : `${value / 1000} s`;
  if (!name.endsWith("Bytes")) return String(value);
  return value >= 2 ** 30 ? `${value / 2 ** 30} GiB` : `${value / 1024} KiB`;
}
