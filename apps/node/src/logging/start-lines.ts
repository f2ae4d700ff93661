// What the log and the audit trail tell of a start: what it was told, and what runs.
import type { AuditTrail } from "../audit-trail/audit-trail.ts";
import type { OpenNode } from "../compose.ts";
import type { ReadConfiguration } from "../configuration/read-configuration.ts";
import type { Configuration } from "../configuration/schema.ts";
import type { NodeLog } from "./log.ts";
import { sourceText } from "./log-fields.ts";

/** What has started, and by what. */
export interface Started {
  readonly configuration: Configuration;
  readonly node: OpenNode;
  /** The TCP port at which it answers. */
  readonly port: number;
  readonly log: NodeLog;
  readonly trail: AuditTrail;
  readonly version: string;
  readonly reading: Pick<ReadConfiguration, "effective" | "unknownVariables"> | undefined;
}

/** Tells that the node has started. */
export function tellStart({ configuration, node, port, log, trail, version, reading }: Started): void {
  const from = (source: string) => reading?.effective.filter((one) => one.source === source).length ?? 0;
  log.write("configuration.read", {
    file: from("file"),
    environment: from("environment"),
    line: from("command line"),
    unknownVariables: reading?.unknownVariables.length ?? 0,
  });
  log.write("node.started", {
    version: sourceText(version),
    mode: configuration.mode,
    port,
    size: node.replica.head().size,
    tls: configuration.http.tls.certificate !== undefined,
  });
  trail.tell("NODE_STARTED");
  trail.tell("CONFIGURATION_READ");
}
