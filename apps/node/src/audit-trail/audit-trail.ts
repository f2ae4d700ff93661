// The audit trail: parts of the node tell what happened; it is kept, and handed to every receiver at least once. Nobody who tells ever waits.
import type { NodeLog } from "../logging/log.ts";
import { openEventJournal } from "./event-journal.ts";
import type { SecurityEventCode } from "./event-table.ts";
import type { Receiver } from "./receiver.ts";
import { type EventFacts, type SecurityEvent, securityEvent } from "./security-event.ts";
import { unkeptEvents } from "./unkept-events.ts";

/** Where parts of the node tell what happened. */
export interface AuditTrail {
  /** Tells an event. Returns at once, whatever becomes of receivers. */
  tell(event: SecurityEventCode, facts?: EventFacts): void;
  /** Hears of every event in this process, until the returned function is called. */
  onEvent(listener: (event: SecurityEvent) => void): () => void;
  /** Events that the slowest receiver has not taken. */
  waiting(): number;
  /** Events that went to make room, since a receiver was away so long or the disk took nothing. */
  dropped(): number;
  /** Entries of the log up to the last one of which an event was kept, by this process or one before; undefined when nothing is kept, or was. */
  entriesTold(): number | undefined;
  /** Keeps what was told, tries once more to hand it over, and ends. */
  close(): Promise<void>;
}

/** How a trail is kept. */
export interface AuditTrailOptions {
  /** The journal's path; it is made only when there are receivers. */
  readonly path: string;
  readonly receivers: readonly Receiver[];
  /** Bytes of the events that wait; 64 MiB, unless told. */
  readonly mostBytes?: number;
  /** Events in memory while the disk takes none; 10,000, unless told. */
  readonly mostUnkept?: number;
  readonly log: NodeLog;
  readonly nowMs?: () => number;
  /** How long to wait after a failure: doubled each time, up to a minute. */
  readonly retryMs?: number;
  /** How often receivers are looked at when nothing happens. */
  readonly lookMs?: number;
}

/** Events handed over at a time. */
const atOnce = 200;

/** Opens the trail. Throws what SQLite throws. */
export function openAuditTrail({
  path,
  receivers,
  mostBytes,
  mostUnkept = 10_000,
  log,
  nowMs = Date.now,
  retryMs = 1000,
  lookMs = 1000,
}: AuditTrailOptions): AuditTrail {
  const listeners = new Set<(event: SecurityEvent) => void>();
  const journal =
    receivers.length === 0
      ? undefined
      : openEventJournal(
          path,
          receivers.map(({ name }) => name),
          mostBytes,
        );
  const closing = new AbortController();
  const unkept = unkeptEvents(mostUnkept);
  let scheduled = false;

  function keep(): void {
    scheduled = false;
    if (unkept.count() === 0 || journal === undefined) return;
    try {
      const lost = unkept.lost();
      // First of all that is kept again, so that whoever receives it knows where the gap is.
      const report = lost > 0 ? [droppedEvent(lost)] : [];
      const gone = unkept.handTo((events) => journal.append([...report, ...events], lost));
      for (const event of report) {
        log.write("audit-trail.dropped", { count: lost });
        spread(event);
      }
      if (gone > 0) {
        log.write("audit-trail.dropped", { count: gone });
        take(droppedEvent(gone));
      }
    } catch (thrown) {
      log.write("audit-trail.failed", { code: codeOf(thrown) });
      // Tried again with the next event, and at the end.
      unkept.bound();
    }
  }

  function droppedEvent(count: number): SecurityEvent {
    return securityEvent("EVENTS_DROPPED", { outcome: "failed", count }, nowMs());
  }

  function spread(event: SecurityEvent): void {
    for (const listener of listeners) listener(event);
  }

  function take(event: SecurityEvent): void {
    spread(event);
    if (journal === undefined) return;
    unkept.add(event);
    if (scheduled) return;
    scheduled = true;
    setImmediate(keep);
  }

  const deliveries = receivers.map((receiver) => delivering(receiver));

  async function delivering(receiver: Receiver): Promise<void> {
    let failures = 0;
    while (!closing.signal.aborted) {
      const result = await deliverOnce(receiver);
      tellOf(receiver.name, result, failures);
      failures = "code" in result ? failures + 1 : 0;
      const waitMs = failures > 0 ? Math.min(60_000, retryMs * 2 ** (failures - 1)) : "more" in result ? 0 : lookMs;
      await pause(waitMs, closing.signal);
    }
  }

  // The first failure is worth a line, and the end of failing.
  function tellOf(name: string, result: object, failuresBefore: number): void {
    const waiting = waitingOf(name);
    if ("code" in result && failuresBefore === 0) log.write("siem.unreachable", { code: String(result.code), waiting });
    if (!("code" in result) && failuresBefore > 0) log.write("siem.reached", { waiting });
  }

  async function deliverOnce({
    name,
    deliver,
    handed,
  }: Receiver): Promise<{ code: string } | { more: true } | { done: true }> {
    try {
      const before = journal?.reached(name) ?? 0;
      const events = journal?.after(Math.max(before, handed()), atOnce) ?? [];
      const reached = await deliver(events);
      if (reached > before) journal?.advance(name, reached);
      return events.length === atOnce ? { more: true } : { done: true };
    } catch (thrown) {
      return { code: codeOf(thrown) };
    }
  }

  function waitingOf(name: string): number {
    return (journal?.waiting(name) ?? 0) + unkept.count();
  }

  return {
    tell: (name, facts = {}) => take(securityEvent(name, facts, nowMs())),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    waiting: () => Math.max(0, ...receivers.map(({ name }) => waitingOf(name))),
    dropped: () => (journal?.dropped() ?? 0) + unkept.lost(),
    entriesTold: () => journal?.entriesTold(),
    close: async () => {
      closing.abort();
      await Promise.all(deliveries);
      keep();
      for (const receiver of receivers) {
        await deliverOnce(receiver);
        receiver.close();
      }
      journal?.close();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms).unref();
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown }).code;
  return thrown instanceof Error && thrown.name === "TimeoutError"
    ? "ETIMEDOUT"
    : typeof code === "string"
      ? code
      : "INTERNAL";
}
