// Keeps the projection up with the log: folds what was committed, a chunk at a time, so that nobody waits for it.
import type { Replica, Store } from "@fiducial/ledger";
import type { Projection } from "@fiducial/projection";

export interface Projector {
  /** Resolves when the projection holds `size` entries. */
  caughtUp(size: number): Promise<void>;
  onGrown(listener: (size: number) => void): () => void;
  close(): void;
}

const chunk = 500;

/** Starts folding; goes on with each commit. */
export function startProjector(store: Store, replica: Replica, projection: Projection): Projector {
  const listeners = new Set<(size: number) => void>();
  const waiting: { readonly size: number; resolve(): void }[] = [];
  let scheduled = false;
  let closed = false;

  function fold(): void {
    scheduled = false;
    if (closed) return;
    const from = projection.appliedSize();
    const entries = store.entries(from, from + chunk);
    if (entries.length > 0) {
      projection.apply(from, entries);
      for (const listener of listeners) listener(from + entries.length);
    }
    for (let at = waiting.length - 1; at >= 0; at--)
      if ((waiting[at]?.size as number) <= projection.appliedSize()) waiting.splice(at, 1)[0]?.resolve();
    if (projection.appliedSize() < store.head().edge.size) schedule();
  }

  function schedule(): void {
    if (scheduled || closed) return;
    scheduled = true;
    setImmediate(fold);
  }

  const stop = replica.onCommit(schedule);
  schedule();
  return {
    caughtUp: (size) => {
      if (projection.appliedSize() >= size) return Promise.resolve();
      schedule();
      return new Promise((resolve) => waiting.push({ size, resolve }));
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
