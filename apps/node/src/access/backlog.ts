// Reads that were let through before the ledger had them: in the outbox, or in memory where care could not wait; recorded as soon as it goes.
import { NodeError } from "../node-error.ts";
import type { WaitingReads } from "./outbox.ts";
import { isForCare, type NotedRead } from "./read.ts";
import { accepted, type ReadSite, type SentRead, sendRead } from "./read-statement.ts";

/** Reads that are not on the ledger yet. */
export interface WaitingCount {
  readonly reads: number;
  /** Those of them that only memory holds. */
  readonly inMemory: number;
  /** The code of what keeps them from the ledger. */
  readonly cause?: string;
}

/** What waits. */
export interface Backlog {
  /** Keeps a read that the ledger has not taken, or not in time: then `sent` may still come out well. Throws ACCESS_NOT_RECORDED. */
  putAside(read: NotedRead, cause: unknown, sent?: SentRead): void;
  /** Records what waits, as far as the ledger takes it. */
  catchUp(): Promise<void>;
  waiting(): WaitingCount;
  /** Resolves when nothing is under way. */
  close(): Promise<void>;
}

/** What a backlog works with. */
export interface BacklogOptions {
  readonly site: ReadSite;
  readonly outbox: WaitingReads;
  /** Whether the log holds a statement. */
  isRecorded(statement: string): boolean;
  /** How often what waits is tried again. */
  readonly retryMs?: number | undefined;
}

/** Reads that memory holds at most, when nothing else can hold them. */
const mostInMemory = 100_000;

/** Begins with what the outbox holds from before. */
export function backlogOf({ site, outbox, isRecorded, retryMs = 10_000 }: BacklogOptions): Backlog {
  const inMemory: NotedRead[] = [];
  /** Statements that the ledger may still accept. */
  const undecided = new Set<string>();
  let cause: string | undefined = outbox.wasDamaged ? "OUTBOX_DAMAGED" : undefined;
  let isClosed = false;
  let catchingUp: Promise<void> | undefined;

  function keep(read: NotedRead, statement: string | undefined): void {
    try {
      outbox.add({ read, ...(statement === undefined ? {} : { statement }) });
    } catch {
      if (!isForCare(read) || inMemory.length >= mostInMemory) throw new NodeError("ACCESS_NOT_RECORDED");
      inMemory.push(read);
    }
  }

  const recordNow = async (read: NotedRead) => accepted((await sendRead(site, read, "afterwards")).outcome);

  async function emptyOutbox(): Promise<void> {
    for (const { position, read, statement = "" } of outbox.waiting()) {
      if (isClosed || undecided.has(statement)) return;
      if (!isRecorded(statement)) await recordNow(read);
      outbox.done(position);
    }
  }

  async function emptyMemory(): Promise<void> {
    for (let read = inMemory[0]; read !== undefined && !isClosed; read = inMemory[0]) {
      await recordNow(read);
      inMemory.shift();
    }
  }

  async function catchUpNow(): Promise<void> {
    try {
      await emptyOutbox();
      await emptyMemory();
      if (!isWaiting()) cause = undefined;
    } catch (thrown) {
      cause = codeOf(thrown);
    } finally {
      catchingUp = undefined;
    }
  }

  function catchUp(): Promise<void> {
    catchingUp ??= catchUpNow();
    return catchingUp;
  }

  const isWaiting = () => outbox.count() > 0 || inMemory.length > 0;
  const retrying = setInterval(() => isWaiting() && void catchUp(), retryMs).unref();
  if (isWaiting()) void catchUp();

  return {
    putAside: (read, why, sent) => {
      cause = codeOf(why);
      if (sent !== undefined) {
        const { statement, outcome } = sent;
        undecided.add(statement);
        const decided = () => undecided.delete(statement);
        outcome.then(decided, decided);
      }
      keep(read, sent?.statement);
    },
    catchUp,
    waiting: () => ({
      reads: outbox.count() + inMemory.length,
      inMemory: inMemory.length,
      ...(cause === undefined ? {} : { cause }),
    }),
    close: async () => {
      isClosed = true;
      clearInterval(retrying);
      await catchingUp;
      outbox.close();
    },
  };
}

// Of a refusal the ledger's own code tells more.
function codeOf(thrown: unknown): string {
  if (thrown instanceof NodeError && typeof thrown.data["code"] === "string") return thrown.data["code"];
  const { code } = thrown as { code?: unknown };
  return typeof code === "string" ? code : "INTERNAL";
}
