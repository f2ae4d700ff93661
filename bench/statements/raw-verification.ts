// The limit: libsodium verifying the same signatures over the same messages in worker threads that do nothing else.
import { Worker } from "node:worker_threads";
import { parseStatement } from "@fiducial/core";
import type { SignedStatement } from "@fiducial/ledger";
import { benchHospital } from "../log/bench-hospital.ts";

/** Verifies messages that its threads have in memory already. */
export interface RawVerification {
  /** Verifies numbers [from, to) and resolves when all threads are through. Rejects when one does not verify. */
  verify(from: number, to: number): Promise<void>;
  close(): Promise<void>;
}

/** What a thread is given: its share of the messages, and their signatures. Gaps are other threads'. */
export interface Messages {
  readonly publicKey: Uint8Array;
  readonly signed: readonly (Uint8Array | undefined)[];
  readonly signatures: readonly (Uint8Array | undefined)[];
}

const share = 128;

/** Hands `statements`, signed with the key of the bench's hospital or the one given, out to `threads` threads. */
export async function rawVerification(
  statements: readonly SignedStatement[],
  threads: number,
  publicKey: Uint8Array = Buffer.from(benchHospital().gateway.declared.publicKey, "base64"),
): Promise<RawVerification> {
  const parsed = statements.map(({ bytes }) => {
    const statement = parseStatement(bytes);
    if (typeof statement === "string") throw new Error(`A statement of the bench is ${statement}.`);
    return statement;
  });
  const workers = Array.from({ length: threads }, (_, thread) => {
    const mine = parsed.map((statement, at) => (Math.floor(at / share) % threads === thread ? statement : undefined));
    const messages: Messages = {
      publicKey,
      signed: mine.map((statement) => statement?.signed),
      signatures: mine.map((statement) => statement?.signatures[0]?.sig),
    };
    return new Worker(new URL("./raw-verification-worker.ts", import.meta.url), { workerData: messages });
  });
  const asked = new Map<number, { left: number; resolve(): void; reject(reason: unknown): void }>();
  let tasks = 0;
  for (const worker of workers)
    worker.on("message", ({ task, bad }: { task: number; bad: number }) => {
      const waiter = asked.get(task);
      if (waiter === undefined) return;
      if (bad > 0) waiter.reject(new Error("A signature of the bench does not verify."));
      if (--waiter.left === 0) waiter.resolve();
    });
  const raw: RawVerification = {
    verify: (from, to) =>
      new Promise((resolve, reject) => {
        asked.set(tasks, { left: threads, resolve, reject });
        for (const worker of workers) worker.postMessage({ task: tasks, from, to });
        tasks++;
      }),
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
  await raw.verify(0, Math.min(2048, statements.length));
  return raw;
}
