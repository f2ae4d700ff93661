// How followers of an ordering wait for the next batch without polling, and stop when told to.

/** Wakes everyone who waits. */
export interface Wakeup {
  wake(): void;
  /** Resolves at the next `wake`, or when `signal` aborts. */
  next(signal: AbortSignal): Promise<void>;
}

/** Makes a wakeup that nobody waits for yet. */
export function wakeup(): Wakeup {
  const waiting = new Set<() => void>();
  return {
    wake: () => {
      for (const done of [...waiting]) done();
    },
    next: (signal) =>
      new Promise((resolve) => {
        const done = () => {
          waiting.delete(done);
          signal.removeEventListener("abort", done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener("abort", done, { once: true });
        if (signal.aborted) done();
      }),
  };
}
