// The time of whoever waits: how long ago, and when to go on. Stepping a wall clock changes neither.

/** A clock that only runs forward. */
export interface Clock {
  /** Milliseconds since some moment. */
  elapsedMs(): number;
  /** Calls `work` after so many milliseconds, unless what is returned is called before. */
  after(ms: number, work: () => void): () => void;
}

/** The process's own. It keeps no process alive. */
export const processClock: Clock = {
  elapsedMs: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};
