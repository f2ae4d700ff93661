// How slowly a file may come: a slow line has all the time it needs, and whoever only holds a place has not. By a clock that is set by hand.
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { handClock } from "../scratch/hand-clock.ts";
import { defaultLimits } from "./limits.ts";
import { arriving, type SenderPace } from "./patience.ts";

const { slowMs, slowBytes, fileIdleMs: idleMs } = defaultLimits;
const terms: SenderPace = { idleMs, slowMs, slowBytes };

/** A body whose chunks come when it is said, and what became of reading it. */
function reading(given: Partial<SenderPace> = {}) {
  const clock = handClock();
  const body = new Readable({ read: () => {} });
  let [bytes, taken] = [0, () => {}];
  const read = async () => {
    for await (const { length } of arriving(body, { ...terms, ...given }, clock)) {
      bytes += length;
      taken();
    }
    return bytes;
  };
  const outcome = read().catch((thrown: { code?: unknown }) => thrown.code);
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    clock,
    outcome,
    /** So many bytes come after a while; resolves once they were read, or reading was given up. */
    comes: async (ms: number, length: number) => {
      await turn();
      clock.advance(ms);
      const read = new Promise<void>((resolve) => {
        taken = resolve;
      });
      if (length > 0) body.push(Buffer.alloc(length));
      await Promise.race([read, outcome, ...(length === 0 ? [turn()] : [])]);
    },
    ends: () => body.push(null),
  };
}

test("an honest sender over a slow line comes to its end, though it takes hours", async () => {
  const { comes, ends, outcome, clock } = reading();
  const began = clock.elapsedMs();
  // Four chunks a minute, together just what is asked of a minute.
  const [chunk, everyMs, chunks] = [slowBytes / 4, slowMs / 4 - 1, 1000];
  for (let at = 0; at < chunks; at++) await comes(everyMs, chunk);
  ends();
  expect(await outcome).toBe(chunks * chunk);
  expect(clock.elapsedMs() - began).toBeGreaterThan(4 * 3_600_000 - 5000);
});

test("one that stops for almost as long as one may, and then makes up for it, comes to its end", async () => {
  const { comes, ends, outcome } = reading();
  for (let at = 0; at < 20; at++) {
    await comes(idleMs - 1, 1);
    await comes(idleMs - 1, slowBytes);
  }
  ends();
  expect(await outcome).toBe(20 * (slowBytes + 1));
});

test("one that sends a byte less than is asked of a minute is given up when the minute is over", async () => {
  const { comes, outcome } = reading();
  const chunk = slowBytes / 4;
  for (let at = 0; at < 3; at++) await comes(slowMs / 4, chunk);
  await comes(slowMs / 4 - 1, chunk - 1);
  await comes(1, 0);
  expect(await outcome).toBe("REQUEST_TIMED_OUT");
});

test("one that drips is given up after a minute, one that is silent sooner", async () => {
  const dripping = reading();
  for (let seconds = 0; seconds < slowMs / 1000; seconds++) await dripping.comes(1000, 1);
  expect(await dripping.outcome).toBe("REQUEST_TIMED_OUT");
  const silent = reading();
  await silent.comes(idleMs, 0);
  expect(await silent.outcome).toBe("REQUEST_TIMED_OUT");
});

test("the time that the node takes itself is not the sender's", async () => {
  const clock = handClock();
  const body = Readable.from([Buffer.alloc(1), Buffer.alloc(1), Buffer.alloc(1)]);
  let bytes = 0;
  for await (const { length } of arriving(body, terms, clock)) {
    bytes += length;
    clock.advance(10 * slowMs);
  }
  expect(bytes).toBe(3);
});
