// Fingerprints files in worker threads, one file per worker at a time.
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FingerprintRequest, FingerprintResponse, KeepIn, RefusedFile, SaltedObject } from "./fingerprint-work.ts";

export type Fingerprinted = { readonly object: SaltedObject } | { readonly refused: RefusedFile };

export interface FingerprintPool {
  readonly threads: number;
  /** Fingerprints the file at `path`, and keeps it where `keep` says. Rejects only when workers fail. */
  run(path: string, keep?: KeepIn): Promise<Fingerprinted>;
  close(): Promise<void>;
}

const workerUrl = new URL(
  import.meta.url.endsWith(".ts") ? "./fingerprint-worker.ts" : "./fingerprint-worker.js",
  import.meta.url,
);

interface Job {
  readonly path: string;
  readonly keep: KeepIn | undefined;
  resolve(result: Fingerprinted): void;
  reject(reason: unknown): void;
}

/** Makes a pool whose workers start with the first file. */
export function fingerprintPool(threads: number = Math.max(1, availableParallelism())): FingerprintPool {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const all: Worker[] = [];
  const busy = new Map<Worker, Job>();
  let tasks = 0;

  function start(): Worker {
    const worker = new Worker(workerUrl);
    worker.unref();
    worker.on("message", (response: FingerprintResponse) => {
      busy.get(worker)?.resolve(response);
      busy.delete(worker);
      idle.push(worker);
      next();
    });
    // A worker that dies takes its file with it and nothing else; another is started for the next.
    worker.on("error", (reason) => {
      busy.get(worker)?.reject(reason);
      busy.delete(worker);
      all.splice(all.indexOf(worker), 1);
      next();
    });
    all.push(worker);
    return worker;
  }

  function next(): void {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (all.length < threads ? start() : undefined);
      if (worker === undefined) return;
      const job = waiting.shift() as Job;
      busy.set(worker, job);
      const request: FingerprintRequest = {
        task: ++tasks,
        path: job.path,
        ...(job.keep === undefined ? {} : { keep: job.keep }),
      };
      worker.postMessage(request);
    }
  }

  return {
    threads,
    run: (path, keep) =>
      new Promise((resolve, reject) => {
        waiting.push({ path, keep, resolve, reject });
        next();
      }),
    close: async () => void (await Promise.all(all.map((worker) => ended(worker, busy.has(worker))))),
  };
}

// One that works is stopped where it is; the others are asked to end, since a thread that is stopped while native code of its own starts
// or ends can take the process with it.
async function ended(worker: Worker, isBusy: boolean): Promise<void> {
  if (worker.threadId < 0) return;
  if (isBusy) return void (await worker.terminate());
  worker.ref();
  worker.postMessage(null);
  await once(worker, "exit");
}
