// PDUs and streams of them, for property tests.
import fc from "fast-check";
import type { Fragment, Pdu } from "../pdu.ts";
import type { PduEvent } from "../pdu-reader.ts";

const uid = fc
  .array(fc.integer({ min: 0, max: 99_999 }), { minLength: 1, maxLength: 8 })
  .map((parts) => `1.2.${parts.join(".")}`);
const title = fc.stringMatching(/^[A-Z0-9_]([A-Z0-9_ .-]{0,14}[A-Z0-9_])?$/);
const byte = fc.integer({ min: 0, max: 255 });
const oddIds = fc.uniqueArray(
  fc.integer({ min: 0, max: 127 }).map((at) => 2 * at + 1),
  { maxLength: 12 },
);

const user = fc.record({
  maximumLength: fc.nat({ max: 2 ** 32 - 1 }),
  implementationClassUid: uid,
  implementationVersionName: fc.stringMatching(/^[A-Z0-9_]{1,16}$/),
  roles: fc.array(fc.record({ sopClass: uid, scu: fc.boolean(), scp: fc.boolean() }), { maxLength: 4 }),
});

const proposed = oddIds.chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({
        id: fc.constant(id),
        abstractSyntax: uid,
        transferSyntaxes: fc.array(uid, { minLength: 1, maxLength: 5 }),
      }),
    ),
  ),
);
const results = oddIds.chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({
        id: fc.constant(id),
        result: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const),
        transferSyntax: uid,
      }),
    ),
  ),
);

/** Any PDU but P-DATA-TF. */
export const anyPdu: fc.Arbitrary<Pdu> = fc.oneof(
  fc.record({
    type: fc.constant("associate-request" as const),
    protocolVersion: fc.integer({ min: 0, max: 65_535 }),
    calledAe: title,
    callingAe: title,
    applicationContext: uid,
    contexts: proposed,
    user,
  }),
  fc.record({
    type: fc.constant("associate-accept" as const),
    calledAe: title,
    callingAe: title,
    contexts: results,
    user,
  }),
  fc.record({ type: fc.constant("associate-reject" as const), result: byte, source: byte, reason: byte }),
  fc.constantFrom({ type: "release-request" as const }, { type: "release-response" as const }),
  fc.record({ type: fc.constant("abort" as const), source: byte, reason: byte }),
);

/** A part of a message, and the maximum length that it is written with. */
export const anyPart = fc.record({
  part: fc.record({
    contextId: byte,
    isCommand: fc.boolean(),
    bytes: fc.uint8Array({ maxLength: 300 }),
    isLast: fc.boolean(),
  }),
  maximumLength: fc.constantFrom(0, 16, 100, 16_384),
});

/** Cuts bytes at these places, whatever they are. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return sorted.slice(1).map((end, at) => bytes.subarray(sorted[at], end));
}

/** Puts fragments of the same set together again, however they were cut. */
export function joined(events: readonly PduEvent[]): unknown[] {
  const whole: { last: Fragment | undefined; all: unknown[] } = { last: undefined, all: [] };
  for (const event of events) {
    const last = whole.last;
    const goesOn =
      event.type === "fragment" &&
      last !== undefined &&
      !last.isLast &&
      last.contextId === event.contextId &&
      last.isCommand === event.isCommand;
    if (!goesOn) whole.last = undefined;
    if (event.type !== "fragment") whole.all.push(event);
    else {
      const bytes = goesOn ? Buffer.concat([last.bytes, event.bytes]) : Buffer.from(event.bytes);
      whole.last = { ...event, bytes };
      if (goesOn) whole.all.pop();
      whole.all.push(whole.last);
    }
  }
  return whole.all;
}
