// A clock that a test sets by hand.
import type { Clock } from "../intake/clock.ts";

/** A clock, and the hand that moves it: what was to be called until then is called, the earliest first. */
export interface HandClock extends Clock {
  advance(ms: number): void;
  /** Milliseconds until the first who waits is called. */
  nextMs(): number;
  /** How many wait for it. */
  waiting(): number;
}

/** Makes one that stands still. */
export function handClock(): HandClock {
  const waiting = new Set<{ readonly atMs: number; readonly work: () => void }>();
  let now = 1_000_000;
  return {
    elapsedMs: () => now,
    after: (ms, work) => {
      const one = { atMs: now + ms, work };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    advance: (ms) => {
      now += ms;
      for (const one of [...waiting].sort((a, b) => a.atMs - b.atMs))
        if (one.atMs <= now && waiting.delete(one)) one.work();
    },
    nextMs: () => Math.min(...[...waiting].map(({ atMs }) => atMs)) - now,
    waiting: () => waiting.size,
  };
}
