// How long a request's body may take: nobody holds a place by saying nothing.
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { type Clock, processClock } from "../intake/clock.ts";
import { NodeError } from "../node-error.ts";

/** What is asked of whoever sends a file. */
export interface SenderPace {
  /** Milliseconds in which some bytes have to come. */
  readonly idleMs: number;
  /** Milliseconds of waiting in which so many bytes have to come together; what the node does with them meanwhile does not count. */
  readonly slowMs: number;
  readonly slowBytes: number;
}

/** Reads a file that comes in, chunk by chunk. Throws REQUEST_TIMED_OUT; the stream stays open, so that this can be answered. */
export async function* arriving(
  body: Readable,
  asked: SenderPace,
  clock: Clock = processClock,
): AsyncGenerator<Uint8Array> {
  const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>;
  const pace = paceOf(asked, clock);
  for (;;) {
    const { value, done } = await within(clock, Math.min(asked.idleMs, pace.leftMs()), chunks.next());
    if (done === true) return;
    pace.came(value.length);
    yield value;
  }
}

/** Calls `late` unless the body of a request has come in time. A request without one is never late. */
export function watchBody(request: IncomingMessage, ms: number, late: () => void): void {
  const { "content-length": length = "0", "transfer-encoding": coded } = request.headers;
  if (length === "0" && coded === undefined) return;
  const timer = setTimeout(late, ms);
  for (const event of ["end", "close", "error"]) request.once(event, () => clearTimeout(timer));
}

/** How fast a file comes: so many bytes in each span of waiting. */
function paceOf(
  { slowMs, slowBytes }: Pick<SenderPace, "slowMs" | "slowBytes">,
  { elapsedMs }: Pick<Clock, "elapsedMs">,
) {
  let [waitedMs, bytes, sinceMs] = [0, 0, 0];
  return {
    leftMs: () => {
      sinceMs = elapsedMs();
      return slowMs - waitedMs;
    },
    came: (length: number) => {
      waitedMs += elapsedMs() - sinceMs;
      bytes += length;
      if (bytes < slowBytes && waitedMs < slowMs) return;
      if (bytes < slowBytes) throw new NodeError("REQUEST_TIMED_OUT");
      [waitedMs, bytes] = [0, 0];
    },
  };
}

async function within<Result>(clock: Clock, ms: number, coming: Promise<Result>): Promise<Result> {
  // Whoever gave up waiting does not hear how it ended.
  coming.catch(() => {});
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = clock.after(ms, () => reject(new NodeError("REQUEST_TIMED_OUT")));
  try {
    return await Promise.race([coming, promise]);
  } finally {
    cancel();
  }
}
