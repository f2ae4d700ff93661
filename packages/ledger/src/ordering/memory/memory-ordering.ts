// The reference ordering: keeps every batch in memory, so that any number of replicas can follow the same order from any position.
import { formatUtcTime } from "@fiducial/core";
import type { AppliedState, Clock, OrderedBatch, Ordering, OrderPosition } from "../port.ts";
import { wakeup } from "../wakeup.ts";

/** An ordering for tests that shows what it ordered and what its replicas said they hold. */
export interface MemoryOrdering extends Ordering {
  readonly batches: readonly OrderedBatch[];
  /** By position: what each replica reported, in the order of reporting. */
  readonly reports: ReadonlyMap<OrderPosition, readonly AppliedState[]>;
}

/** Orders each submission as one batch, at the time that `clock` tells, after the batches `given`. */
export function memoryOrdering(clock: Clock, given: readonly OrderedBatch[] = []): MemoryOrdering {
  const batches = [...given];
  const reports = new Map<OrderPosition, AppliedState[]>();
  const { wake, next } = wakeup();
  let lastMs = Date.parse(given.at(-1)?.recordedAt ?? formatUtcTime(0));

  return {
    batches,
    reports,

    submit: async (statements) => {
      if (statements.length === 0) return;
      lastMs = Math.max(lastMs, clock());
      batches.push({ position: batches.length + 1, recordedAt: formatUtcTime(lastMs), statements });
      wake();
    },

    async *follow(position, signal) {
      for (let taken = position; !signal.aborted; ) {
        const batch = batches[taken];
        if (batch === undefined) {
          await next(signal);
          continue;
        }
        taken++;
        yield batch;
      }
    },

    applied: (position, state) => {
      reports.set(position, [...(reports.get(position) ?? []), state]);
    },
  };
}
