// A node that runs by its configuration: everything is started in order here, and closed in the order turned around.
import { join } from "node:path";
import { type AuditTrail, openAuditTrail } from "./audit-trail/audit-trail.ts";
import { receiversOf } from "./audit-trail/receivers.ts";
import { requestEvents } from "./audit-trail/request-events.ts";
import { tellOfStatements } from "./audit-trail/statement-events.ts";
import { type NodeOptions, type OpenNode, openNode } from "./compose.ts";
import {
  dimseOptionsOf,
  folderOptionsOf,
  httpOptionsOf,
  metricsTokenOf,
  nodeOptionsOf,
  orthancOptionsOf,
  peerOptionsOf,
  signInOptionsOf,
} from "./configuration/composition.ts";
import { problemLine } from "./configuration/problems.ts";
import { productionProblems } from "./configuration/production.ts";
import type { ReadConfiguration } from "./configuration/read-configuration.ts";
import type { Configuration } from "./configuration/schema.ts";
import { type DimseListener, startDimse } from "./connections/dimse/dimse-listener.ts";
import type { DimseNode } from "./connections/dimse/front-desk.ts";
import { putPeers } from "./connections/dimse/peers.ts";
import { startFeeds } from "./connections/feeds.ts";
import { watchHealth } from "./logging/health-lines.ts";
import { intakeLines } from "./logging/intake-lines.ts";
import { type NodeLog, openLog } from "./logging/log.ts";
import { sourceText } from "./logging/log-fields.ts";
import { watchPacs } from "./logging/pacs-lines.ts";
import { requestLines } from "./logging/request-lines.ts";
import { NodeError } from "./node-error.ts";
import { versionOfNode } from "./node-version.ts";
import { type RunningServer, type ServerOptions, startServer } from "./server.ts";
import { loadCertificate, watchCertificate } from "./serving/certificate.ts";
import type { Observer } from "./serving/observation.ts";

/** A configuration that holds, with every default and an absolute data folder. */
export type WholeConfiguration = Configuration & { readonly data: string };

/** What a start is told besides the configuration. */
export interface StartOptions {
  /** Makes the data folder when it is not there. */
  readonly create?: boolean;
  readonly demo?: boolean;
  /** The built page. */
  readonly page?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Called when the DICOM port is another program's: the node is started without. Not given, that is an error (EADDRINUSE). */
  readonly dicomPortTaken?: ((port: number) => void) | undefined;
  /** The reading that the configuration came from: what the log and the audit trail tell of it. */
  readonly reading?: Pick<ReadConfiguration, "effective" | "unknownVariables" | "file">;
  /** How the node is opened, for tests and for commands that look at a ledger's seal. */
  readonly open?: (options: NodeOptions) => Promise<OpenNode>;
}

/** A node that runs. */
export interface RunningNode {
  readonly node: OpenNode;
  readonly server: RunningServer;
  /** What takes DICOM objects, when somebody listens for them. */
  readonly dicom: DimseListener | undefined;
  readonly trail: AuditTrail;
  readonly log: NodeLog;
  /** Opens the log file anew, and reads the certificate: what SIGHUP asks for. */
  reload(): void;
  /** Finishes what is under way, then closes everything. */
  close(signal?: string): Promise<void>;
}

/** Starts a node. Throws CONFIGURATION_REFUSED with every reason in its message's data, and whatever its parts throw; then nothing is left open. */
export async function startNode(configuration: WholeConfiguration, options: StartOptions = {}): Promise<RunningNode> {
  const closing: (() => unknown)[] = [];
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    return await start(configuration, options, closing, closeAll);
  } catch (thrown) {
    await closeAll();
    throw thrown;
  }
}

async function start(
  configuration: WholeConfiguration,
  options: StartOptions,
  closing: (() => unknown)[],
  closeAll: () => Promise<void>,
): Promise<RunningNode> {
  const { create = false, demo, page, environment = process.env, reading, open = openNode } = options;
  refuseProblems(configuration, demo === true, reading?.file);
  const log = openLog({ level: configuration.logging.level, destination: destinationOf(configuration) });
  closing.push(() => log.close());
  const version = versionOfNode();

  const opened = await open({
    ...nodeOptionsOf(configuration, environment),
    create,
    ...(demo === undefined ? {} : { demo }),
  });
  closing.push(() => opened.close());
  closing.push(watchHealth(opened, log));
  closing.push(watchPacs(opened.connections, log));
  closing.push(intakeLines(opened, log));

  const trail = openTrail(configuration, opened, log);
  closing.push(() => trail.close());
  closing.push(tellOfStatements(opened, trail));

  const tracing = await tracingOf(configuration, version);
  if (tracing !== undefined) closing.push(() => tracing.close());
  const node = tracing?.traced(opened) ?? opened;

  const entrances: Entrances = {};
  const metrics = await metricsOf(configuration, node, trail, entrances);
  if (metrics !== undefined) closing.push(() => metrics.close());

  const observers = [requestLines(log), requestEvents(trail), tracing?.observer, metrics?.observer].filter(
    (one): one is Observer => one !== undefined,
  );
  const token = metricsTokenOf(configuration, environment);
  const server = await serve(configuration, node, {
    page,
    observers,
    trail,
    signIn: signInOptionsOf(configuration, environment),
    ...(metrics === undefined ? {} : { metrics: { ...metrics, token } }),
  });
  entrances.server = server;
  closing.push(() => server.close());
  const certificate = followCertificate(configuration, server, log, trail);
  closing.push(() => certificate?.close());

  // What takes objects in comes last, so that it closes first.
  putPeers(node.connections, peerOptionsOf(configuration));
  const feeds = startFeeds(node, {
    folders: folderOptionsOf(configuration),
    orthancs: orthancOptionsOf(configuration, environment),
  });
  closing.push(() => feeds.close());
  const releasing = node.startReleasing();
  closing.push(() => releasing?.close());
  const dicom = await listenForDicom(configuration, { ...node, trail }, options);
  entrances.dicom = dicom;
  if (dicom !== undefined) closing.push(() => dicom.close());

  tellStart(configuration, node, server, log, trail, version, reading);
  return {
    node,
    server,
    dicom,
    trail,
    log,
    reload: () => {
      log.reopen();
      certificate?.reload();
    },
    close: async (signal) => {
      log.write("node.stopping", { signal });
      trail.tell("NODE_STOPPED");
      // The log is the last to close.
      closing[0] = () => {
        log.write("node.stopped");
        log.close();
      };
      await closeAll();
    },
  };
}

// A demonstration that is asked for now is one as much as a folder that is marked.
function refuseProblems(configuration: WholeConfiguration, demo: boolean, file: string | undefined): void {
  const problems = productionProblems(configuration, file);
  const asked =
    demo && configuration.mode === "production" ? [{ code: "PRODUCTION_DEMO", setting: "data" } as const] : [];
  const all = [...problems, ...asked];
  if (all.length > 0)
    throw new NodeError("CONFIGURATION_REFUSED", {
      problems: all.map(problemLine).join("\n"),
      codes: all.map(({ code }) => code).join(" "),
    });
}

function destinationOf({ logging, mode }: Configuration): string | 2 | undefined {
  return logging.file ?? (mode === "production" ? 2 : undefined);
}

function openTrail(configuration: WholeConfiguration, { identity, folder }: OpenNode, log: NodeLog): AuditTrail {
  const source = { origin: identity.origin, organization: identity.organization };
  return openAuditTrail({
    path: join(folder.path, "audit-trail.db"),
    receivers: receiversOf(configuration.siem, source),
    log,
  });
}

// A port that is only the usual one may be another program's: then the node is started without.
async function listenForDicom(
  configuration: Configuration,
  node: DimseNode,
  { dicomPortTaken }: StartOptions,
): Promise<DimseListener | undefined> {
  const settings = dimseOptionsOf(configuration);
  if (settings === undefined) return undefined;
  return startDimse(node, settings).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== "EADDRINUSE" || dicomPortTaken === undefined) throw thrown;
    dicomPortTaken(settings.port);
    return undefined;
  });
}

async function tracingOf({ telemetry: { otlpEndpoint } }: Configuration, version: string) {
  if (otlpEndpoint === undefined) return undefined;
  const { openTracing } = await import("./telemetry/tracing.ts");
  return openTracing(otlpEndpoint, version);
}

/** What is opened after metrics, and tells them what goes on. */
interface Entrances {
  server?: RunningServer | undefined;
  dicom?: DimseListener | undefined;
}

async function metricsOf(
  { metrics: { enabled, port, host } }: Configuration,
  node: OpenNode,
  trail: AuditTrail,
  entrances: Entrances,
) {
  if (!enabled) return undefined;
  const { openMetrics, serveMetrics } = await import("./metrics/metrics.ts");
  const metrics = openMetrics(node, {
    sessions: () => entrances.server?.signedIn() ?? 0,
    associations: () => entrances.dicom?.associations() ?? 0,
    settlingStudies: () => node.inbox.standing().studies,
    unregisteredObjects: () => node.inbox.standing().objects,
    waitingEvents: trail.waiting,
  });
  if (port === undefined) return metrics;
  const own = await serveMetrics(metrics, { host, port });
  return {
    ...metrics,
    close: async () => {
      await own.close();
      metrics.close();
    },
  };
}

async function serve(
  configuration: WholeConfiguration,
  node: OpenNode,
  given: Pick<ServerOptions, "page" | "observers" | "trail" | "metrics" | "signIn">,
): Promise<RunningServer> {
  const { host, port, tls, trustedProxies, limits } = httpOptionsOf(configuration);
  const loaded = tls === undefined ? undefined : loadCertificate(tls, Date.now());
  if (loaded !== undefined && "fault" in loaded)
    throw new NodeError("CONFIGURATION_REFUSED", {
      problems: problemLine({ code: loaded.fault, setting: `http.tls.${loaded.of}` }),
      codes: loaded.fault,
    });
  return startServer(node, {
    host,
    port,
    limits,
    trustedProxies,
    ...given,
    ...(loaded === undefined ? {} : { tls: loaded }),
  });
}

const dayMs = 86_400_000;

function followCertificate(configuration: Configuration, server: RunningServer, log: NodeLog, trail: AuditTrail) {
  const { tls } = httpOptionsOf(configuration);
  if (tls === undefined) return undefined;
  return watchCertificate({
    files: tls,
    changed: (certificate) => {
      server.renew(certificate);
      log.write("certificate.loaded", { daysLeft: Math.floor((certificate.notAfterMs - Date.now()) / dayMs) });
      trail.tell("CERTIFICATE_CHANGED");
    },
    failed: ({ fault }) => {
      log.write("certificate.kept", { code: fault });
      trail.tell("CERTIFICATE_CHANGED", { outcome: "failed", code: fault });
    },
  });
}

function tellStart(
  configuration: Configuration,
  node: OpenNode,
  server: RunningServer,
  log: NodeLog,
  trail: AuditTrail,
  version: string,
  reading: StartOptions["reading"],
): void {
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
    port: server.port,
    size: node.replica.head().size,
    tls: configuration.http.tls.certificate !== undefined,
  });
  trail.tell("NODE_STARTED");
  trail.tell("CONFIGURATION_READ");
}
