// Renders in workers, one picture at a time each, so that nobody else waits. A picture that takes too long ends its worker.
import { Worker } from "node:worker_threads";
import { NodeError } from "../../../node-error.ts";
import type { RenderingJob, RenderingResult } from "./rendering-work.ts";

export interface RenderingPool {
  /** Makes a picture. Rejects with BUSY when too many wait, FRAME_UNKNOWN, NOT_RENDERABLE, STORED_OBJECT_UNREADABLE. */
  render(job: RenderingJob): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** What a pool may be told. */
export interface RenderingPoolOptions {
  readonly threads: number;
  /** Pictures that wait for a worker. */
  readonly mostWaiting: number;
  /** Milliseconds that one picture may take. */
  readonly longestMs: number;
}

const usual: RenderingPoolOptions = { threads: 2, mostWaiting: 64, longestMs: 60_000 };

const workerUrl = new URL(
  import.meta.url.endsWith(".ts") ? "./rendering-worker.ts" : "./rendering-worker.js",
  import.meta.url,
);

interface Waiting {
  readonly job: RenderingJob;
  resolve(result: RenderingResult): void;
}

/** Makes a pool whose workers start with the first pictures. */
export function renderingPool(options: Partial<RenderingPoolOptions> = {}): RenderingPool {
  const { threads, mostWaiting, longestMs } = { ...usual, ...options };
  const waiting: Waiting[] = [];
  const idle: Worker[] = [];
  const workers = new Set<Worker>();

  function next(): void {
    while (waiting.length > 0 && (idle.length > 0 || workers.size < threads))
      work(idle.pop() ?? started(), waiting.shift() as Waiting);
  }

  function started(): Worker {
    const worker = new Worker(workerUrl);
    workers.add(worker);
    return worker;
  }

  function work(worker: Worker, { job, resolve }: Waiting): void {
    const answered = (result: RenderingResult) => done(result, true);
    const failed = () => done({ code: "NOT_RENDERABLE" }, false);
    const done = (result: RenderingResult, isUsable: boolean) => {
      clearTimeout(timer);
      worker.off("message", answered).off("error", failed).off("exit", failed);
      if (isUsable) {
        worker.unref();
        idle.push(worker);
      } else end(worker);
      resolve(result);
      next();
    };
    const timer = setTimeout(failed, longestMs);
    worker.on("message", answered).on("error", failed).on("exit", failed);
    worker.ref();
    worker.postMessage(job);
  }

  function end(worker: Worker): void {
    workers.delete(worker);
    // What it says while it ends is of no use.
    worker.on("error", () => {});
    void worker.terminate();
  }

  return {
    render: async (job) => {
      if (waiting.length >= mostWaiting) throw new NodeError("BUSY");
      const result = await new Promise<RenderingResult>((resolve) => {
        waiting.push({ job, resolve });
        next();
      });
      if ("code" in result) throw new NodeError(result.code);
      return result.picture;
    },
    close: async () => void (await Promise.all([...workers].map((worker) => worker.terminate()))),
  };
}
