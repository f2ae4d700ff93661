// Writing: what waits at the same time is committed together, so that many writers share one flush to disk.
import type { DatabaseSync } from "node:sqlite";
import { asVaultError, VaultError } from "../vault-error.ts";

/** The one way by which anything is written. */
export interface Transactions {
  /** Runs `work`, all of it or nothing, and resolves once it is durable. Whatever it throws, the others in the group are kept. */
  write<Result>(work: () => Result): Promise<Result>;
  /** Runs `work` after other such work, while writing goes on. */
  maintain<Result>(work: () => Promise<Result>): Promise<Result>;
  /** As `maintain`, while nothing is written. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Refuses what is new with VAULT_CLOSED and resolves when what waits is done. */
  close(): Promise<void>;
}

interface Job {
  readonly work: () => unknown;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

/** A group takes no new work after this long, so that readers get their turn. */
const longestGroupMs = 50;

/** Puts all writing to `database` into one queue. */
export function openTransactions(database: DatabaseSync): Transactions {
  const waiting: Job[] = [];
  let isHeld = false;
  let isScheduled = false;
  let refusal: VaultError | undefined;
  let lastMaintenance: Promise<unknown> = Promise.resolve();

  function schedule(): void {
    if (isHeld || isScheduled || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(commitGroup);
  }

  function commitGroup(): void {
    isScheduled = false;
    if (isHeld || waiting.length === 0) return;
    const group: Job[] = [];
    const answers: (() => void)[] = [];
    try {
      inTransaction(database, () => {
        const end = performance.now() + longestGroupMs;
        for (
          let job = waiting.shift();
          job !== undefined;
          job = performance.now() < end ? waiting.shift() : undefined
        ) {
          group.push(job);
          answers.push(attempt(database, job));
        }
      });
      for (const answer of answers) answer();
    } catch (thrown) {
      const error = failed(thrown);
      for (const job of group) job.reject(error);
    }
    schedule();
  }

  function failed(thrown: unknown): unknown {
    const error = asVaultError(thrown);
    if (error instanceof VaultError && error.code === "VAULT_FAILED") {
      // After a failed flush nobody knows what the disk holds: only opening anew tells.
      refusal = error;
      for (const job of waiting.splice(0)) job.reject(error);
    }
    return error;
  }

  function maintain<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = lastMaintenance.then(() => {
      if (refusal !== undefined) throw refusal;
      return work();
    });
    lastMaintenance = result.catch(() => {});
    return result;
  }

  async function holding<Result>(work: () => Promise<Result>): Promise<Result> {
    isHeld = true;
    try {
      return await work();
    } catch (thrown) {
      throw failed(thrown);
    } finally {
      isHeld = false;
      schedule();
    }
  }

  return {
    write: <Result>(work: () => Result) =>
      new Promise<Result>((resolve, reject) => {
        if (refusal !== undefined) return reject(refusal);
        waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
        schedule();
      }),
    maintain,
    alone: (work) => maintain(() => holding(work)),
    close: async () => {
      const before = refusal;
      await maintain(async () => {
        refusal = new VaultError("VAULT_CLOSED");
        while (waiting.length > 0) commitGroup();
      }).catch((thrown: unknown) => {
        if (thrown !== before) throw thrown;
      });
    },
  };
}

/** Runs `work` in a transaction of its own, synchronously, and returns what it returns. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (thrown) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw thrown;
  }
}

/** Runs one job so that it can be undone alone, and returns how to answer once the group is durable. */
function attempt(database: DatabaseSync, { work, resolve, reject }: Job): () => void {
  database.exec("SAVEPOINT job");
  try {
    const result = work();
    // What a promise would still write is not in this transaction.
    if (result instanceof Promise) throw new VaultError("VALUE_MALFORMED", { value: "work" });
    database.exec("RELEASE job");
    return () => resolve(result);
  } catch (thrown) {
    const error = asVaultError(thrown);
    if (!database.isTransaction || isOfDisk(error)) throw error;
    database.exec("ROLLBACK TO job; RELEASE job");
    return () => reject(error);
  }
}

/** Tells what fails the whole group: the next job would meet the same. */
function isOfDisk(error: unknown): boolean {
  return error instanceof VaultError && ofDisk.has(error.code);
}

const ofDisk: ReadonlySet<string> = new Set(["VAULT_FULL", "VAULT_FAILED", "VAULT_NOT_WRITABLE"]);
