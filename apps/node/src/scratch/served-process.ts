// A node in a process of its own: whoever loads it does not share its memory or its thread.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { OrthancFeedOptions } from "../connections/orthanc-feed.ts";

/** How it is opened. */
export interface ServedOptions {
  readonly data: string;
  readonly keys: string;
  /** Milliseconds after which a study settles. */
  readonly settleMs: number;
  /** Bytes of the disk that objects leave to ledger and vault. */
  readonly reservedBytes?: number | undefined;
  readonly threads?: number | undefined;
  /** The built page; without it only the API answers. */
  readonly page?: string | undefined;
  /** An Orthanc whose feed it follows. */
  readonly orthanc?: OrthancFeedOptions | undefined;
  /** Ports; any free ones, unless told. */
  readonly httpPort?: number | undefined;
  readonly dicomPort?: number | undefined;
}

/** Where it is, and the key of its operator. */
export interface Served {
  readonly url: string;
  readonly dicomPort: number;
  readonly operatorToken: string;
}

/** Bytes that it holds; `peakRss` is the most that it ever held. */
export interface ServedMemory {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly peakRss: number;
}

export interface ServedProcess extends Served {
  readonly pid: number;
  memory(): Promise<ServedMemory>;
  /** Ends it as it should (SIGTERM), or at once (SIGKILL), and resolves when it has gone. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** What is put before the program on the command line: to run it in a room of its own. */
export type Before = readonly [program: string, ...args: string[]];

const program = join(import.meta.dirname, "..", "..", "scratch", "serving-program.ts");

/** Starts one. Rejects when it ends before it serves. */
export async function startServed(options: ServedOptions, before?: Before): Promise<ServedProcess> {
  const [command, ...args] = [...(before ?? []), process.execPath, program, JSON.stringify(options)];
  const child = spawn(command as string, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const gone = ended.then(([code, signal]): never => {
    throw new Error(`The node has ended: ${code ?? signal}.`);
  });
  gone.catch(() => {});
  const served = await Promise.race([told<Served>(child), gone]);
  return {
    ...served,
    pid: child.pid as number,
    memory: () => {
      const answer = told<ServedMemory>(child);
      child.send("memory");
      return Promise.race([answer, gone]);
    },
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      await ended;
    },
  };
}

async function told<What>(child: ChildProcess): Promise<What> {
  const [message] = await once(child, "message");
  return message as What;
}
