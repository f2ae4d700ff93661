// Real statements, drafted, sealed and signed in worker threads: what is submitted in every bench of the log.
import { randomBytes } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { SignedStatement } from "@fiducial/ledger";
import type { SigningRequest, SigningResponse } from "./signing-worker.ts";

/** Signs registrations of studies. */
export interface StatementSource {
  /** The registrations of the studies `first`, `first + 1`, …, in order, a share at a time, a few shares ahead of whoever takes them. */
  signed(first: number, handles: readonly string[]): AsyncGenerator<readonly SignedStatement[]>;
  close(): Promise<void>;
}

const share = 256;
const sharesAhead = 8;

/** Starts `threads` signing workers. */
export function statementSource(threads: number): StatementSource {
  const workers = Array.from({ length: threads }, () => new Worker(new URL("./signing-worker.ts", import.meta.url)));
  const waiting = new Map<number, (response: SigningResponse) => void>();
  let tasks = 0;
  for (const worker of workers) {
    worker.on("message", (response: SigningResponse) => {
      waiting.get(response.task)?.(response);
      waiting.delete(response.task);
    });
    worker.on("error", (error) => {
      throw error;
    });
  }

  function ask(first: number, handles: readonly string[]): Promise<readonly SignedStatement[]> {
    const request: SigningRequest = { task: tasks++, first, handles };
    workers[request.task % threads]?.postMessage(request);
    return new Promise<SigningResponse>((resolve) => waiting.set(request.task, resolve)).then(unpacked);
  }

  return {
    async *signed(first, handles) {
      const ahead: Promise<readonly SignedStatement[]>[] = [];
      for (let from = 0; from < handles.length || ahead.length > 0; from += share) {
        if (from < handles.length) ahead.push(ask(first + from, handles.slice(from, from + share)));
        if (ahead.length > sharesAhead || from + share >= handles.length)
          yield (await ahead.shift()) as readonly SignedStatement[];
      }
    },
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}

/** Handles of studies that nobody has spoken of. */
export function freshHandles(count: number): string[] {
  return Array.from({ length: count }, () => randomBytes(16).toString("hex"));
}

/** Everything that a source gives, at once. */
export async function allOf(shares: AsyncIterable<readonly SignedStatement[]>): Promise<readonly SignedStatement[]> {
  const all: SignedStatement[] = [];
  for await (const share of shares) all.push(...share);
  return all;
}

function unpacked({ ids, envelopes, ends }: SigningResponse): readonly SignedStatement[] {
  return ids.map((id, at) => ({ id, bytes: envelopes.subarray(ends[at - 1] ?? 0, ends[at]) }));
}
