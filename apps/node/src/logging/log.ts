// The node's log: one line of JSON for each event of a closed table. Whatever is not in the table is not written, whoever passes it.
import { type DestinationStream, pino } from "pino";
import { type FieldSort, type FieldValue, fieldSorts } from "./log-fields.ts";
import { type LogEventName, logEvents } from "./log-table.ts";

/** The fields of an event, each of its sort. */
export type LogFields<Name extends LogEventName> = {
  readonly [Field in keyof (typeof logEvents)[Name]["fields"]]?:
    | FieldValue<(typeof logEvents)[Name]["fields"][Field] & FieldSort>
    | undefined;
};

/** A node's log. */
export interface NodeLog {
  /** Writes an event. Never throws, never waits. */
  write<Name extends LogEventName>(name: Name, fields?: LogFields<Name>): void;
  /** Opens the file anew, for whoever moved it away. */
  reopen(): void;
  close(): void;
}

/** Where a log goes, and from which level on. */
export interface LogOptions {
  readonly level: "silent" | "debug" | "info" | "warn" | "error";
  /** A path, or 2 for standard error; undefined writes nowhere. */
  readonly destination: string | 2 | undefined;
}

/** A log that writes nothing. */
export const silentLog: NodeLog = { write: () => {}, reopen: () => {}, close: () => {} };

/** Opens a log. Throws what opening its file throws. */
export function openLog({ level, destination }: LogOptions): NodeLog {
  if (destination === undefined || level === "silent") return silentLog;
  const stream = pino.destination({ dest: destination, sync: true, append: true, mode: 0o600 });
  // A disk that is full takes no lines; the node goes on, and its health says so.
  stream.on("error", () => {});
  return { ...logInto(stream, level), reopen: () => stream.reopen(), close: () => stream.end() };
}

/** Makes a log that writes its lines into a stream. */
export function logInto(stream: DestinationStream, level: Exclude<LogOptions["level"], "silent">): NodeLog {
  const lines = pino(
    {
      level,
      base: null,
      messageKey: "says",
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return {
    ...silentLog,
    write: (name, fields = {}) => {
      const event = Object.hasOwn(logEvents, name) ? logEvents[name] : undefined;
      if (event === undefined) return;
      lines[event.level]({ event: name, ...writtenFields(event.fields, fields) }, event.says);
    },
  };
}

function writtenFields(sorts: Readonly<Record<string, FieldSort>>, given: object): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [field, sort] of Object.entries(sorts)) {
    const value: unknown = fieldSorts[sort]((given as Record<string, unknown>)[field]);
    if (value !== undefined) written[field] = value;
  }
  return written;
}
