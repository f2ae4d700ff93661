// The clock of a node to which a story is told: it shows the story's time, and the real one as soon as the story is over.

/** A clock that somebody moves. */
export interface StoryClock {
  nowMs(): number;
  /** Sets it, in milliseconds since 1970. */
  set(atMs: number): void;
  /** From now on it shows the real time. */
  release(): void;
}

/** Makes a clock that stands at `atMs`; `realMs` tells the real time. */
export function storyClock(atMs: number, realMs: () => number): StoryClock {
  let told: number | undefined = atMs;
  return {
    nowMs: () => told ?? realMs(),
    set: (ms) => {
      told = ms;
    },
    release: () => {
      told = undefined;
    },
  };
}
