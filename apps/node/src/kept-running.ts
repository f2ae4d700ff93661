// A node that runs until it is told to stop. One whose log a full disk had stopped is started anew when there is room again: what it does then is what it does at every start.
import { once } from "node:events";
import type { WholeConfiguration } from "./configuration/schema.ts";
import { diskRoomOf } from "./folder/disk-room.ts";
import { inboxDefaults } from "./intake/inbox.ts";
import type { RunningNode } from "./running-node.ts";

/** What keeping it running is told; the last three are for tests. */
export interface KeepOptions {
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly configuration: WholeConfiguration;
  /** Starts the node, at first and anew: then on the ports that it had. */
  start(configuration: WholeConfiguration): Promise<RunningNode>;
  /** Called when a node answers, with whether it was started anew; what it returns is called when that node ends. */
  begun(running: RunningNode, anew: boolean): () => void;
  readonly leastFreeBytes?: number;
  readonly lookMs?: number;
  readonly room?: (folder: string) => number | undefined;
}

const usualLookMs = 5000;

/** Resolves when the node was told to stop and has stopped. Rejects with what a start throws. */
export async function keepRunning({ signal, configuration, start, begun, ...options }: KeepOptions): Promise<void> {
  let next = configuration;
  for (let anew = false; ; anew = true) {
    const running = await start(next);
    const end = begun(running, anew);
    const over = new AbortController();
    try {
      await Promise.race([aborted(signal), roomAgain(running, over.signal, options)]);
    } finally {
      over.abort();
      end();
      await running.close(signal.aborted ? nameOf(signal.reason) : undefined);
    }
    if (signal.aborted) return;
    next = onSamePorts(next, running);
  }
}

function onSamePorts({ http, dicom, ...rest }: WholeConfiguration, running: RunningNode): WholeConfiguration {
  const dicomPort = running.dicom?.port;
  return {
    ...rest,
    http: { ...http, port: running.server.port },
    dicom: dicomPort === undefined ? dicom : { ...dicom, port: dicomPort },
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

// Whoever stops a node by a signal of the system may say which.
function nameOf(reason: unknown): string | undefined {
  return typeof reason === "string" ? reason : undefined;
}

type RoomOptions = Pick<KeepOptions, "leastFreeBytes" | "lookMs" | "room">;

// Resolves when a full disk has stopped the log or the signing of checkpoints, and there is as much room again as objects leave.
async function roomAgain({ node }: RunningNode, over: AbortSignal, options: RoomOptions): Promise<void> {
  const { leastFreeBytes = inboxDefaults.reservedBytes, lookMs = usualLookMs } = options;
  const { room = (folder) => diskRoomOf(folder)?.freeBytes } = options;
  const { promise, resolve } = Promise.withResolvers<void>();
  const looking = setInterval(() => {
    const { replica, publication } = node.stops();
    const isFull = replica === "DISK_FULL" || publication === "DISK_FULL";
    if (isFull && (room(node.folder.path) ?? 0) >= leastFreeBytes) resolve();
  }, lookMs);
  over.addEventListener("abort", () => clearInterval(looking));
  await promise;
}
