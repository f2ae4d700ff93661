// One at a time: work waits until what was begun before it has ended, however that ended.

export interface Turns {
  /** Runs `work` when its turn has come. */
  take<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Begins a queue. */
export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const result = last.then(work);
      last = result.catch(() => {});
      return result;
    },
    idle: async () => void (await last),
  };
}
