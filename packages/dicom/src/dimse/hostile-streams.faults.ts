// Damaged streams: whatever comes, an acceptor answers, rejects or aborts; it never throws, and keeps next to nothing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AcceptorState, acceptorStep, newAcceptor } from "./acceptor.ts";
import { writeCommandSet } from "./command-set.ts";
import { defaultDimseLimits } from "./dimse-limits.ts";
import { negotiate, negotiateRoles } from "./negotiation.ts";
import { dicomApplicationContext } from "./pdu.ts";
import { pduReader } from "./pdu-reader.ts";
import { writeData, writePdu } from "./pdu-writer.ts";
import { cut } from "./scratch/arbitrary-pdus.ts";

const mutations = 10_000;
const seed = fc.readConfigureGlobal().seed ?? 20_261_129;

const store = {
  affectedSopClassUid: "1.2.840.10008.5.1.4.1.1.2",
  commandField: 1,
  messageId: 1,
  commandDataSetType: 0,
};
const user = { maximumLength: 16_384, implementationClassUid: "1.2.3", implementationVersionName: "X", roles: [] };
const stream = Buffer.concat([
  writePdu({
    type: "associate-request",
    protocolVersion: 1,
    calledAe: "FIDUCIAL",
    callingAe: "CT1",
    applicationContext: dicomApplicationContext,
    contexts: [1, 3, 5].map((id) => ({
      id,
      abstractSyntax: "1.2.840.10008.5.1.4.1.1.2",
      transferSyntaxes: ["1.2.840.10008.1.2"],
    })),
    user: { ...user, roles: [{ sopClass: "1.2.840.10008.5.1.4.1.1.2", scu: true, scp: false }] },
  }),
  ...writeData({ contextId: 1, isCommand: true, bytes: writeCommandSet(store), isLast: true }, 64),
  ...writeData({ contextId: 1, isCommand: false, bytes: new Uint8Array(700).fill(7), isLast: true }, 256),
  ...writeData({ contextId: 3, isCommand: true, bytes: writeCommandSet(store), isLast: true }, 0),
  ...writeData({ contextId: 3, isCommand: false, bytes: new Uint8Array(100).fill(9), isLast: true }, 0),
  writePdu({ type: "release-request" }),
]);

/** The stream with bytes changed, put in, taken out or repeated. */
const damaged = fc
  .array(
    fc.record({
      kind: fc.constantFrom("set", "insert", "remove", "repeat", "end"),
      at: fc.nat({ max: stream.length - 1 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      length: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((changes) =>
    changes.reduce((bytes, { kind, at, bytes: given, length }) => {
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
      if (kind === "set") return Buffer.concat([before, given, after.subarray(given.length)]);
      if (kind === "insert") return Buffer.concat([before, given, after]);
      if (kind === "remove") return Buffer.concat([before, after.subarray(length)]);
      return kind === "repeat" ? Buffer.concat([before, after.subarray(0, length), after]) : before;
    }, stream),
  );

/** How an acceptor that takes everything ends, and what it sent. */
function outcome(pieces: readonly Uint8Array[]): { name: string; sent: number[]; last: readonly number[] } {
  const reader = pduReader(defaultDimseLimits);
  let state: AcceptorState = newAcceptor;
  const sent: number[] = [];
  let last: readonly number[] = [];
  const take = (event: Parameters<typeof acceptorStep>[1]): void => {
    const step = acceptorStep(state, event, defaultDimseLimits);
    state = step.state;
    for (const action of step.actions) {
      if (action.do === "send") {
        sent.push(action.bytes[0] as number);
        last = [...action.bytes];
      }
      if (action.do !== "deliver") continue;
      const { delivery } = action;
      if (delivery.type === "associate-request") {
        const contexts = negotiate(delivery, () => true);
        take({ type: "accept", contexts, user: { ...user, roles: negotiateRoles(delivery, contexts) } });
      }
      if (delivery.type === "released") take({ type: "release" });
    }
  };
  for (const piece of pieces) for (const event of reader.read(piece)) take(event);
  return { name: state.name, sent, last };
}

test(`${mutations} damaged streams end in an answer, and the same however they are cut`, () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(damaged, fc.array(fc.nat(), { maxLength: 12 }), (bytes, places) => {
      const found = outcome([bytes]);
      expect(outcome(cut(bytes, places))).toEqual(found);
      const { name, sent, last } = found;
      // One answer to the request at most, one end at most but for the abort of what comes after it.
      expect(sent.filter((type) => type === 2).length).toBeLessThanOrEqual(1);
      if (sent.at(-1) === 7) expect([0, 1, 2, 4, 5, 6]).toContain(last[9]);
      ends.set(`${name} ${sent.join()}`, (ends.get(`${name} ${sent.join()}`) ?? 0) + 1);
    }),
    { numRuns: mutations, seed },
  );
  // Damage that is always noticed, or never, would test little.
  expect(ends.size).toBeGreaterThan(6);
  expect(outcome([stream])).toMatchObject({ name: "closing", sent: [2, 6] });
});

test("bytes of no origin at all are aborted or waited for", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const { name, sent } = outcome([bytes]);
      expect([
        ["awaiting request", ""],
        ["closing", "7"],
        ["closing", "3"],
        ["closed", ""],
      ]).toContainEqual([name, sent.join()]);
    }),
    { numRuns: 3000, seed: seed + 1 },
  );
});

test("a PDU that is announced and never comes costs what came of it", () => {
  const before = process.memoryUsage().arrayBuffers;
  const readers = Array.from({ length: 1000 }, () => {
    const reader = pduReader(defaultDimseLimits);
    const announced = Uint8Array.of(1, 0, 0, 3, 0, 0, ...Array(10).fill(0));
    expect([...reader.read(announced)]).toEqual([]);
    return reader;
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20);
  expect(readers).toHaveLength(1000);
});
