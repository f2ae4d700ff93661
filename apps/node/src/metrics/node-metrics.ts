// The node as metrics: its log, statements by kind, checkpoints, witnesses, disk, and what is under way.
import { Counter, Gauge, type Registry } from "prom-client";
import type { OpenNode } from "../compose.ts";
import { failingConnections } from "../connections/failing-connections.ts";
import { diskRoomOf } from "../folder/disk-room.ts";
import { isKnownCode, isKnownKind } from "../logging/known-words.ts";
import { health } from "../routes/health.ts";

/** What parts of a node tell besides, when they are there. Each is read when somebody asks. */
export interface Measured {
  /** People and machines that are signed in. */
  readonly sessions?: () => number;
  /** Associations that are open. */
  readonly associations?: () => number;
  /** Studies that have come in part and are not registered yet. */
  readonly settlingStudies?: () => number;
  /** Objects that are durable here and not registered yet. */
  readonly unregisteredObjects?: () => number;
  /** Security events that no SIEM has taken yet. */
  readonly waitingEvents?: () => number;
  /** Security events that went unsent, until the SIEM has what is left. */
  readonly droppedEvents?: () => number;
}

const measuredHelp: Readonly<Record<keyof Measured, readonly [name: string, help: string]>> = {
  sessions: ["fiducial_sessions", "Sessions of people and machines."],
  associations: ["fiducial_dicom_associations", "DICOM associations that are open."],
  settlingStudies: ["fiducial_intake_settling_studies", "Studies that have come in part and are not registered yet."],
  unregisteredObjects: ["fiducial_intake_unregistered_objects", "Objects that are kept and not registered yet."],
  waitingEvents: ["fiducial_siem_waiting_events", "Security events that the SIEM has not taken yet."],
  droppedEvents: [
    "fiducial_siem_dropped_events",
    "Security events that went unsent: the SIEM was away too long, or the disk took none. 0 again when the SIEM has what is left.",
  ],
};

/** Adds a node's metrics to a registry. Returns what stops following the node. */
export function nodeMetrics(
  registry: Registry,
  node: OpenNode,
  measured: Measured = {},
  nowMs: () => number = Date.now,
): () => void {
  const gauge = gaugesOf(registry);
  logGauges(node, gauge, nowMs);
  gauge(
    "fiducial_disk_free_bytes",
    "Bytes free on the disk of the data folder.",
    () => diskRoomOf(node.folder.path)?.freeBytes,
  );
  gauge("fiducial_disk_size_bytes", "Bytes of that disk.", () => diskRoomOf(node.folder.path)?.totalBytes);
  for (const [name, read] of Object.entries(measured) as [keyof Measured, () => number][])
    gauge(...measuredHelp[name], read);
  witnessGauges(registry, node);
  troubleGauges(registry, node);
  connectionGauges(registry, node);
  return countStatements(registry, node);
}

type AddGauge = (name: string, help: string, read: () => number | undefined) => void;

function gaugesOf(registry: Registry): AddGauge {
  return (name, help, read) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const value = read();
        if (value !== undefined) this.set(value);
      },
    });
  };
}

function logGauges(node: OpenNode, gauge: AddGauge, nowMs: () => number): void {
  const size = () => node.replica.head().size;
  let publishedAtMs: number | undefined;
  node.publication.onPublished(() => {
    publishedAtMs = nowMs();
  });
  gauge("fiducial_log_size", "Entries of the log.", size);
  gauge(
    "fiducial_projection_backlog",
    "Entries that lists and searches do not show yet.",
    () => size() - node.projection.appliedSize(),
  );
  gauge(
    "fiducial_checkpoint_size",
    "Entries that the newest checkpoint covers.",
    () => node.publication.latest()?.size ?? 0,
  );
  gauge(
    "fiducial_checkpoint_age_seconds",
    "Since when the newest checkpoint stands, since the node was started.",
    () => (publishedAtMs === undefined ? undefined : (nowMs() - publishedAtMs) / 1000),
  );
}

// Names of witnesses are configuration; health shows them to anybody.
function witnessGauges(registry: Registry, node: OpenNode): void {
  new Gauge({
    name: "fiducial_witness_lag_entries",
    help: "Entries of the newest checkpoint that a witness has not cosigned.",
    labelNames: ["witness"],
    registers: [registry],
    collect() {
      const published = node.publication.latest()?.size ?? 0;
      for (const { name, size } of node.witnesses.standings())
        this.set({ witness: name }, Math.max(0, published - size));
    },
  });
}

function troubleGauges(registry: Registry, node: OpenNode): void {
  new Gauge({
    name: "fiducial_trouble",
    help: "1 for each trouble that health tells.",
    labelNames: ["code"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { code } of health(node).troubles) this.set({ code }, 1);
    },
  });
}

// By type alone: what a hospital's systems are called is no label.
function connectionGauges(registry: Registry, { connections }: OpenNode): void {
  new Gauge({
    name: "fiducial_connections_failing",
    help: "Connections that the configuration names and that fail, by type.",
    labelNames: ["type"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { type, configured } of connections.list()) if (configured === true) this.set({ type }, 0);
      for (const { type } of failingConnections(connections)) this.inc({ type });
    },
  });
}

function countStatements(registry: Registry, node: OpenNode): () => void {
  const accepted = new Counter({
    name: "fiducial_statements_accepted_total",
    help: "Statements that became entries since the node was started, by kind.",
    labelNames: ["kind"],
    registers: [registry],
  });
  const refused = new Counter({
    name: "fiducial_statements_refused_total",
    help: "Statements that the contract refused since the node was started, by kind and code.",
    labelNames: ["kind", "code"],
    registers: [registry],
  });
  return node.replica.onCommit((_, entries, refusals) => {
    for (const { content } of entries) accepted.inc({ kind: known(content.kind) });
    for (const { kind, code } of refusals) refused.inc({ kind: known(kind), code: isKnownCode(code) ? code : "other" });
  });
}

function known(kind: string): string {
  return isKnownKind(kind) ? kind : "other";
}
