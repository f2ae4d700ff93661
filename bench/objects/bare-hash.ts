// The limit: threads that read files and take their SHA-256, and do nothing else.
import { Worker } from "node:worker_threads";

/** Hashes files in its threads. */
export interface BareHash {
  hash(files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts `threads` hashing threads. */
export function bareHash(threads: number): BareHash {
  const workers = Array.from({ length: threads }, () => new Worker(new URL("./bare-hash-worker.ts", import.meta.url)));
  const answered = (worker: Worker) => new Promise((resolve) => worker.once("message", resolve));
  return {
    hash: async (files) => {
      const answers = workers.map((worker, thread) => {
        worker.postMessage(files.filter((_, at) => at % threads === thread));
        return answered(worker);
      });
      await Promise.all(answers);
    },
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}
