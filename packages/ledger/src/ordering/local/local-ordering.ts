// One process, one queue: statements are ordered as they come. Nothing is kept here, since a replica acknowledges only what it has committed.
import { formatUtcTime } from "@fiducial/core";
import type { Clock, OrderedBatch, Ordering, OrderPosition, SignedStatement } from "../port.ts";
import { wakeup } from "../wakeup.ts";

/** Where a local ordering goes on: what its replica committed last. */
export interface LocalOrderingStart {
  readonly recordedAtMs: number;
}

interface Offer {
  readonly statements: readonly SignedStatement[];
  taken(): void;
}

/** The most statements ordered in one batch: enough to share one disk flush, few enough to answer soon. */
export const largestBatch = 1024;

/** Orders for one replica in this process. `recordedAt` comes from `clock` and never goes back. */
export function localOrdering(clock: Clock, start: LocalOrderingStart): Ordering {
  const offers: Offer[] = [];
  const { wake, next } = wakeup();
  let lastMs = start.recordedAtMs;

  function offer(statements: readonly SignedStatement[]): Promise<void> {
    return new Promise((taken) => {
      offers.push({ statements, taken });
      wake();
    });
  }

  function take(position: OrderPosition): OrderedBatch {
    const statements: SignedStatement[] = [];
    for (let first = offers[0]; first !== undefined && fits(statements, first); first = offers[0]) {
      for (const statement of first.statements) statements.push(statement);
      first.taken();
      offers.shift();
    }
    lastMs = Math.max(lastMs, clock());
    return { position, recordedAt: formatUtcTime(lastMs), statements };
  }

  return {
    submit: async (statements) => {
      const parts: Promise<void>[] = [];
      for (let from = 0; from < statements.length; from += largestBatch)
        parts.push(offer(statements.slice(from, from + largestBatch)));
      await Promise.all(parts);
    },

    async *follow(position, signal) {
      for (let taken = position; !signal.aborted; ) {
        if (offers.length > 0) yield take(++taken);
        else await next(signal);
      }
    },

    applied: () => {},
  };
}

function fits(batch: readonly SignedStatement[], { statements }: Offer): boolean {
  return batch.length === 0 || batch.length + statements.length <= largestBatch;
}
