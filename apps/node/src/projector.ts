// Keeps the projection up with the log: folds what was committed, a chunk at a time, so that nobody waits for it.
import { asLedgerError, LedgerError, type Replica, type Store } from "@fiducial/ledger";
import { type FoldedEntry, foldedEntries, type Projection } from "@fiducial/projection";
import { NodeError } from "./node-error.ts";

export interface Projector {
  /** Resolves when the projection holds `size` entries. Rejects with STORE_CORRUPT when an entry cannot be folded, PROJECTION_DAMAGED when the projection is damaged, or with what the disk refused. */
  caughtUp(size: number): Promise<void>;
  onGrown(listener: (size: number) => void): () => void;
  close(): void;
}

const chunk = 500;
/** Entries kept in memory until they are folded. Those beyond are read from the log when their turn comes. */
const mostFresh = 8192;

/** Starts folding; goes on with each commit. */
export function startProjector(store: Store, replica: Replica, projection: Projection): Projector {
  const listeners = new Set<(size: number) => void>();
  const waiting: { readonly size: number; resolve(): void; reject(failure: Error): void }[] = [];
  const fresh: FoldedEntry[] = [];
  let scheduled = false;
  let closed = false;
  let failure: Error | undefined;

  // Nobody waits for a fold, so what it throws would end the process, and with it the audit that can say what is wrong.
  function tryToFold(): void {
    scheduled = false;
    if (closed) return;
    try {
      fold();
    } catch (thrown) {
      failure = failureOf(thrown);
      for (const { reject } of waiting.splice(0)) reject(failure);
    }
  }

  function fold(): void {
    const from = projection.appliedSize();
    const entries = next(from);
    if (entries.length > 0) {
      projection.apply(entries);
      for (const listener of listeners) listener(from + entries.length);
    }
    for (let at = waiting.length - 1; at >= 0; at--)
      if ((waiting[at]?.size as number) <= projection.appliedSize()) waiting.splice(at, 1)[0]?.resolve();
    if (projection.appliedSize() < store.head().edge.size) schedule();
  }

  // What was decided just now need not be read and parsed again.
  function next(from: number): readonly FoldedEntry[] {
    const first = fresh[0]?.index ?? Number.POSITIVE_INFINITY;
    if (first === from) return fresh.splice(0, chunk);
    return foldedEntries(from, store.entries(from, Math.min(from + chunk, first)));
  }

  function schedule(): void {
    if (scheduled || closed || failure !== undefined) return;
    scheduled = true;
    setImmediate(tryToFold);
  }

  const stop = replica.onCommit((_, entries) => {
    const isNext = fresh.length === 0 || fresh.at(-1)?.index === (entries[0]?.index ?? 0) - 1;
    if (isNext && !closed && fresh.length + entries.length <= mostFresh) fresh.push(...entries);
    schedule();
  });
  schedule();
  return {
    caughtUp: (size) => {
      if (projection.appliedSize() >= size) return Promise.resolve();
      if (failure !== undefined) return Promise.reject(failure);
      schedule();
      return new Promise((resolve, reject) => waiting.push({ size, resolve, reject }));
    },
    onGrown: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      closed = true;
      stop();
    },
  };
}

function failureOf(thrown: unknown): Error {
  if (thrown instanceof NodeError) return thrown;
  const failed = asLedgerError(thrown);
  return failed.code === "REPLICA_FAILED" ? new LedgerError("STORE_CORRUPT", {}, thrown) : failed;
}
