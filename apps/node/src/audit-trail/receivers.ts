// The receivers that a configuration names.
import type { Configuration } from "../configuration/schema.ts";
import type { AuditSource } from "./audit-message.ts";
import { fileReceiver } from "./file-receiver.ts";
import type { Receiver } from "./receiver.ts";
import { syslogReceiver } from "./syslog-receiver.ts";

/** Makes them; none when none is named. */
export function receiversOf({ syslog, file, format }: Configuration["siem"], source: AuditSource): Receiver[] {
  const { host, ...connection } = syslog;
  return [
    ...(host === undefined ? [] : [syslogReceiver({ ...connection, host, format }, source)]),
    ...(file === undefined ? [] : [fileReceiver(file)]),
  ];
}
