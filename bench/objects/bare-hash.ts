// The limits: threads that read files and take their SHA-256, and do nothing else; and such as do no more than what taking in asks.
import { Worker } from "node:worker_threads";

/** What one thread has to do. */
export interface HashingWork {
  readonly files: readonly string[];
  /** Where copies are kept; without it, nothing is. */
  readonly folder?: string;
}

/** Hashes files in its threads. */
export interface BareHash {
  hash(files: readonly string[]): Promise<void>;
  /** Hashes each file twice, as `file` and `frames` ask, and keeps a flushed copy in `folder`. */
  keep(files: readonly string[], folder: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts `threads` hashing threads. */
export function bareHash(threads: number): BareHash {
  const workers = Array.from({ length: threads }, () => new Worker(new URL("./bare-hash-worker.ts", import.meta.url)));
  const answered = (worker: Worker) => new Promise((resolve) => worker.once("message", resolve));
  const share = async ({ files, ...rest }: HashingWork): Promise<void> => {
    const answers = workers.map((worker, thread) => {
      const work: HashingWork = { files: files.filter((_, at) => at % threads === thread), ...rest };
      worker.postMessage(work);
      return answered(worker);
    });
    await Promise.all(answers);
  };
  return {
    hash: (files) => share({ files }),
    keep: (files, folder) => share({ files, folder }),
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}
