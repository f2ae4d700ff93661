// Security events that the disk does not take for now: in memory, so many, the least important going first, and counted when they go.
import { importanceOf } from "./event-journal.ts";
import type { SecurityEvent } from "./security-event.ts";

/** Events that wait for the disk. */
export interface UnkeptEvents {
  add(event: SecurityEvent): void;
  count(): number;
  /** Events that went, since there were too many, and of which the journal does not know yet. */
  lost(): number;
  /** Lets go of as many as are too many. */
  bound(): void;
  /** Hands over what waits: when `keep` returns, that and what was lost are the journal's; when it throws, everything stays as it is. */
  handTo<Result>(keep: (events: readonly SecurityEvent[]) => Result): Result;
}

/** Room is made by the eighth, so that it is not made for each event. */
const shareMade = 8;

/** Makes room for `most` events. */
export function unkeptEvents(most: number): UnkeptEvents {
  let events: SecurityEvent[] = [];
  let lost = 0;
  return {
    add: (event) => void events.push(event),
    count: () => events.length,
    lost: () => lost,
    bound: () => {
      if (events.length <= most) return;
      const kept = mostImportant(events, most - Math.floor(most / shareMade));
      lost += events.length - kept.length;
      events = kept;
    },
    handTo: (keep) => {
      const result = keep(events);
      [events, lost] = [[], 0];
      return result;
    },
  };
}

// In the order in which they came; of what is equally important the oldest goes.
function mostImportant(events: readonly SecurityEvent[], most: number): SecurityEvent[] {
  const places = [...events.keys()].sort(
    (one, other) =>
      importanceOf(events[other] as SecurityEvent) - importanceOf(events[one] as SecurityEvent) || other - one,
  );
  const kept = new Set(places.slice(0, most));
  return events.filter((_, place) => kept.has(place));
}
