// Renders in workers, one picture at a time each, so that nobody else waits. A picture that takes too long, or that nobody waits for any more, ends its worker.
import { Worker } from "node:worker_threads";
import { NodeError } from "../../../node-error.ts";
import { places } from "../../../serving/places.ts";
import type { RenderingJob, RenderingResult } from "./rendering-work.ts";

export interface RenderingPool {
  /** Makes a picture; undefined when its reader has gone meanwhile. Rejects with BUSY when too many wait, or half as many of one caller, FRAME_UNKNOWN, NOT_RENDERABLE, STORED_OBJECT_UNREADABLE. */
  render(job: RenderingJob, reader: PictureReader): Promise<Uint8Array<ArrayBuffer> | undefined>;
  close(): Promise<void>;
}

/** Who waits for a picture. */
export interface PictureReader {
  /** Pictures of one caller wait together for half of the places, and take turns with those of others. */
  readonly caller: string;
  /** Aborted when the reader goes. */
  readonly signal: AbortSignal;
}

/** What a pool may be told. */
export interface RenderingPoolOptions {
  readonly threads: number;
  /** Pictures that wait for a worker. */
  readonly mostWaiting: number;
  /** Milliseconds that one picture may take. */
  readonly longestMs: number;
  /** Milliseconds left to a picture whose reader has gone: most are made sooner than a worker is started. */
  readonly abandonedMs: number;
}

const usual: RenderingPoolOptions = { threads: 2, mostWaiting: 64, longestMs: 60_000, abandonedMs: 1000 };

const workerUrl = new URL(
  import.meta.url.endsWith(".ts") ? "./rendering-worker.ts" : "./rendering-worker.js",
  import.meta.url,
);

type Outcome = RenderingResult | "abandoned";

interface Waiting extends PictureReader {
  readonly job: RenderingJob;
  readonly leave: () => void;
  resolve(outcome: Outcome): void;
}

/** Makes a pool whose workers start with the first pictures. */
export function renderingPool(options: Partial<RenderingPoolOptions> = {}): RenderingPool {
  const { threads, mostWaiting, longestMs, abandonedMs } = { ...usual, ...options };
  const seats = places(mostWaiting, "BUSY");
  const waiting: Waiting[] = [];
  const underWay = new Set<Waiting>();
  const idle: Worker[] = [];
  const workers = new Set<Worker>();

  function next(): void {
    while (waiting.length > 0 && (idle.length > 0 || workers.size < threads)) {
      const served = [...underWay].map(({ caller }) => caller);
      const at = waiting.findIndex(({ caller }) => !served.includes(caller));
      const [one] = waiting.splice(Math.max(0, at), 1) as [Waiting];
      one.leave();
      work(idle.pop() ?? started(), one);
    }
  }

  function started(): Worker {
    const worker = new Worker(workerUrl);
    workers.add(worker);
    return worker;
  }

  function work(worker: Worker, one: Waiting): void {
    const answered = (result: RenderingResult) => done(result, true);
    const failed = () => done(one.signal.aborted ? "abandoned" : { code: "NOT_RENDERABLE" }, false);
    const abandoned = () => {
      clearTimeout(timer);
      timer = setTimeout(failed, abandonedMs);
    };
    const done = (outcome: Outcome, isUsable: boolean) => {
      clearTimeout(timer);
      one.signal.removeEventListener("abort", abandoned);
      worker.off("message", answered).off("error", failed).off("exit", failed);
      if (isUsable) {
        worker.unref();
        idle.push(worker);
      } else end(worker);
      one.resolve(outcome);
      next();
      // Only now: as long as it counts as under way, the next place goes to another caller.
      underWay.delete(one);
    };
    let timer = setTimeout(failed, longestMs);
    one.signal.addEventListener("abort", abandoned, { once: true });
    worker.on("message", answered).on("error", failed).on("exit", failed);
    worker.ref();
    underWay.add(one);
    worker.postMessage(one.job);
  }

  function end(worker: Worker): void {
    workers.delete(worker);
    // What it says while it ends is of no use.
    worker.on("error", () => {});
    void worker.terminate();
  }

  function wait(one: Waiting): void {
    waiting.push(one);
    const dropped = () => {
      const at = waiting.indexOf(one);
      if (at === -1) return;
      waiting.splice(at, 1);
      one.leave();
      one.resolve("abandoned");
    };
    one.signal.addEventListener("abort", dropped, { once: true });
    next();
  }

  return {
    render: async (job, reader) => {
      if (reader.signal.aborted) return undefined;
      const leave = seats.take(reader.caller);
      const outcome = await new Promise<Outcome>((resolve) => wait({ job, ...reader, leave, resolve }));
      if (outcome === "abandoned") return undefined;
      if ("code" in outcome) throw new NodeError(outcome.code);
      return outcome.picture;
    },
    close: async () => void (await Promise.all([...workers].map((worker) => worker.terminate()))),
  };
}
