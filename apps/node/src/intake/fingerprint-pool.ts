// Reads files in worker threads: whole fingerprints one by one, digests of bytes by the dozen.
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type {
  FileRequest,
  FileResponse,
  KeepIn,
  RefusedFile,
  RequestBatch,
  ResponseBatch,
  SaltedObject,
} from "./fingerprint-work.ts";
import { bytesCounted, readCounter } from "./read-counter.ts";

export type Fingerprinted = { readonly object: SaltedObject } | { readonly refused: RefusedFile };
export type Digested = { readonly digest: string } | { readonly refused: RefusedFile };

export interface FingerprintPool {
  readonly threads: number;
  /** How many files are worth having under way: with so many no thread waits. */
  readonly width: number;
  /** Fingerprints the file at `path`, and keeps it where `keep` says. Rejects only when workers fail. */
  run(path: string, keep?: KeepIn): Promise<Fingerprinted>;
  /** Digests the bytes of the file at `path` (SHA-256, lower-case hex), whatever they are. Rejects only when workers fail. */
  digest(path: string): Promise<Digested>;
  /** How many bytes were read so far, those of files that are under way among them. */
  bytesRead(): number;
  close(): Promise<void>;
}

const workerUrl = new URL(
  import.meta.url.endsWith(".ts") ? "./fingerprint-worker.ts" : "./fingerprint-worker.js",
  import.meta.url,
);

/** The next batch lies ready when a worker answers. */
const batchesOfWorker = 2;
const largestBatch = 16;

interface Job {
  readonly request: FileRequest;
  resolve(response: FileResponse): void;
  reject(reason: unknown): void;
}

/** A worker and what it has to do, oldest first. */
interface Seat {
  readonly worker: Worker;
  readonly batches: Map<number, readonly Job[]>;
}

/** Makes a pool whose workers start with the first files. */
export function fingerprintPool(threads: number = Math.max(1, availableParallelism())): FingerprintPool {
  const waiting: Job[] = [];
  const seats: Seat[] = [];
  const counter = readCounter();
  let lastBatch = 0;

  function start(): Seat {
    const seat: Seat = { worker: new Worker(workerUrl, { workerData: counter }), batches: new Map() };
    seat.worker.unref();
    seat.worker.on("message", ({ batch, responses }: ResponseBatch) => {
      const jobs = seat.batches.get(batch) ?? [];
      seat.batches.delete(batch);
      next();
      for (const [at, job] of jobs.entries()) job.resolve(responses[at] as FileResponse);
    });
    // A worker that dies takes what it was at with it and nothing else; another is started for the next.
    seat.worker.on("error", (reason) => {
      seats.splice(seats.indexOf(seat), 1);
      const [underWay = [], ...untouched] = seat.batches.values();
      seat.batches.clear();
      for (const job of underWay) job.reject(reason);
      waiting.unshift(...untouched.flat());
      next();
    });
    seats.push(seat);
    return seat;
  }

  function freest(): Seat | undefined {
    const [seat] = seats.toSorted((a, b) => a.batches.size - b.batches.size);
    if ((seat === undefined || seat.batches.size > 0) && seats.length < threads) return start();
    return seat !== undefined && seat.batches.size < batchesOfWorker ? seat : undefined;
  }

  function next(): void {
    while (waiting.length > 0) {
      const seat = freest();
      if (seat === undefined) return;
      const jobs = waiting.splice(0, batchSize(waiting, threads));
      const message: RequestBatch = { batch: ++lastBatch, requests: jobs.map(({ request }) => request) };
      seat.batches.set(lastBatch, jobs);
      seat.worker.postMessage(message);
    }
  }

  function wanted<Response extends FileResponse>(request: FileRequest): Promise<Response> {
    return new Promise((resolve, reject) => {
      waiting.push({ request, resolve: resolve as (response: FileResponse) => void, reject });
      next();
    });
  }

  return {
    threads,
    width: threads * largestBatch,
    run: (path, keep) => wanted({ path, want: "fingerprint", ...(keep === undefined ? {} : { keep }) }),
    digest: (path) => wanted({ path, want: "digest" }),
    bytesRead: () => bytesCounted(counter),
    close: async () => void (await Promise.all(seats.map(ended))),
  };
}

// A fingerprint is answered by itself, as it may take long and may end its worker. Digests that wait are shared out among all threads.
function batchSize(waiting: readonly Job[], threads: number): number {
  const other = waiting.findIndex(({ request }) => request.want !== "digest");
  const digests = other === -1 ? waiting.length : other;
  return Math.max(1, Math.min(largestBatch, Math.ceil(digests / threads), digests));
}

// One that works is stopped where it is; the others are asked to end, since a thread that is stopped while native code of its own starts
// or ends can take the process with it.
async function ended({ worker, batches }: Seat): Promise<void> {
  if (worker.threadId < 0) return;
  if (batches.size > 0) return void (await worker.terminate());
  worker.ref();
  worker.postMessage(null);
  await once(worker, "exit");
}
