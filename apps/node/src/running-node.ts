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
  metricsTokenOf,
  nodeOptionsOf,
  orthancOptionsOf,
  peerOptionsOf,
  signInOptionsOf,
} from "./configuration/composition.ts";
import { problemLine } from "./configuration/problems.ts";
import { productionProblems } from "./configuration/production.ts";
import type { ReadConfiguration } from "./configuration/read-configuration.ts";
import type { Configuration, WholeConfiguration } from "./configuration/schema.ts";
import { type DimseListener, startDimse } from "./connections/dimse/dimse-listener.ts";
import type { DimseNode } from "./connections/dimse/front-desk.ts";
import { putPeers } from "./connections/dimse/peers.ts";
import { startFeeds } from "./connections/feeds.ts";
import { watchHealth } from "./logging/health-lines.ts";
import { intakeLines } from "./logging/intake-lines.ts";
import { type NodeLog, openLog } from "./logging/log.ts";
import { watchPacs } from "./logging/pacs-lines.ts";
import { requestLines } from "./logging/request-lines.ts";
import { tellStart } from "./logging/start-lines.ts";
import { NodeError } from "./node-error.ts";
import { versionOfNode } from "./node-version.ts";
import type { RunningServer } from "./server.ts";
import { followCertificate, serve } from "./serving/certified-server.ts";
import type { Observer } from "./serving/observation.ts";
import { type Entrances, metricsOf, tracingOf } from "./telemetry/chosen-telemetry.ts";

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
  opened.troublesBesides.push(() => (trail.dropped() > 0 ? [{ code: "EVENTS_DROPPED" }] : []));
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

  tellStart({ configuration, node, port: server.port, log, trail, version, reading });
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
