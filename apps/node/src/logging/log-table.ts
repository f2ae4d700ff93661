// Every event that a node's log may have, with its level and the fields that it may carry. What stands in no row is not written.
import type { FieldSort } from "./log-fields.ts";

/** How bad it is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** One event. */
export interface LogEvent {
  readonly level: LogLevel;
  readonly says: string;
  readonly fields: Readonly<Record<string, FieldSort>>;
}

const http = {
  request: "request",
  method: "method",
  route: "route",
  status: "number",
  durationMs: "number",
  caller: "caller",
  role: "role",
  code: "code",
} as const;

export const logEvents = {
  "node.started": {
    level: "info",
    says: "The node answers.",
    fields: { version: "version", mode: "mode", port: "number", size: "number", tls: "yes" },
  },
  "node.stopping": {
    level: "info",
    says: "The node was told to stop, and finishes what is under way.",
    fields: { signal: "signal" },
  },
  "node.stopped": { level: "info", says: "The node has stopped.", fields: {} },
  "configuration.read": {
    level: "info",
    says: "The configuration was read: how many settings came from where.",
    fields: { file: "number", environment: "number", line: "number", unknownVariables: "number" },
  },
  "http.answered": { level: "debug", says: "A request was answered.", fields: http },
  "http.refused": { level: "info", says: "A request was refused to whoever asked.", fields: http },
  "http.failed": { level: "error", says: "The node failed at a request.", fields: { ...http, place: "place" } },
  "certificate.loaded": { level: "info", says: "Another certificate is in use.", fields: { daysLeft: "number" } },
  "certificate.kept": {
    level: "error",
    says: "A new certificate cannot be used; the one before stays.",
    fields: { code: "code" },
  },
  "ledger.stopped": {
    level: "error",
    says: "Nothing is written any more until the node is started again.",
    fields: { code: "code" },
  },
  "publication.stopped": {
    level: "error",
    says: "No checkpoint is signed any more until the node is started again.",
    fields: { code: "code" },
  },
  "health.degraded": {
    level: "warn",
    says: "Something is not as it should be.",
    fields: { code: "trouble", cause: "code" },
  },
  "health.restored": { level: "info", says: "It is as it should be again.", fields: { code: "trouble" } },
  "pacs.failed": {
    level: "warn",
    says: "The PACS cannot be had; what it keeps is not shown until it can.",
    fields: { code: "code" },
  },
  "pacs.works": {
    level: "info",
    says: "The PACS answers.",
    fields: {},
  },
  "pacs.copy-differs": {
    level: "error",
    says: "The PACS does not give an object as it was registered; it is neither shown nor let go of.",
    fields: { code: "code" },
  },
  "siem.unreachable": {
    level: "warn",
    says: "The SIEM does not take events; they are kept.",
    fields: { code: "code", waiting: "number" },
  },
  "siem.reached": { level: "info", says: "The SIEM takes events again.", fields: { waiting: "number" } },
  "audit-trail.dropped": {
    level: "warn",
    says: "Security events went unsent: there was no room for them, on the disk or, while that failed, in memory.",
    fields: { count: "number" },
  },
  "audit-trail.failed": { level: "error", says: "Security events cannot be kept.", fields: { code: "code" } },
  "intake.registered": {
    level: "info",
    says: "An intake was registered.",
    fields: { studies: "number", objects: "number", refused: "number", durationMs: "number" },
  },
} as const satisfies Readonly<Record<string, LogEvent>>;
export type LogEventName = keyof typeof logEvents;
