import { describe, expect, test } from "vitest";
import {
  type AcceptorDelivery,
  type AcceptorEvent,
  type AcceptorState,
  acceptorStep,
  newAcceptor,
} from "./acceptor.ts";
import { type CommandSet, writeCommandSet } from "./command-set.ts";
import { defaultDimseLimits } from "./dimse-limits.ts";
import type { AssociateRequest } from "./pdu.ts";

const request: AssociateRequest = {
  type: "associate-request",
  protocolVersion: 1,
  calledAe: "FIDUCIAL",
  callingAe: "CT1",
  applicationContext: "1.2.840.10008.3.1.1.1",
  contexts: [{ id: 1, abstractSyntax: "1.2.840.10008.1.1", transferSyntaxes: ["1.2.840.10008.1.2"] }],
  user: { maximumLength: 16_384, implementationClassUid: "1.2.3", implementationVersionName: "X", roles: [] },
};
const accept: AcceptorEvent = {
  type: "accept",
  contexts: [
    { id: 1, result: 0, transferSyntax: "1.2.840.10008.1.2" },
    { id: 3, result: 3, transferSyntax: "1.2.840.10008.1.2" },
    { id: 5, result: 0, transferSyntax: "1.2.840.10008.1.2" },
  ],
  user: request.user,
};
const release: AcceptorEvent = { type: "release-request" };

/** Runs events from the beginning. Sent PDUs are told by type, and by their last three bytes where these say something. */
function run(...events: readonly AcceptorEvent[]): { state: AcceptorState; done: unknown[]; told: AcceptorDelivery[] } {
  let state = newAcceptor;
  const done: unknown[] = [];
  const told: AcceptorDelivery[] = [];
  for (const event of events) {
    const step = acceptorStep(state, event, defaultDimseLimits);
    state = step.state;
    for (const action of step.actions) {
      if (action.do === "deliver") told.push(action.delivery);
      else
        done.push(
          action.do === "send" ? [...action.bytes].filter((_, at) => at === 0 || (at >= 7 && at < 10)) : action.do,
        );
    }
  }
  return { state, done: done.map((one) => (Array.isArray(one) && one[0] === 2 ? "accept" : one)), told };
}

function fragment(contextId: number, isCommand: boolean, bytes: Uint8Array, isLast = true): AcceptorEvent {
  return { type: "fragment", contextId, isCommand, bytes, isLast };
}
const command = (set: CommandSet, contextId = 1) => fragment(contextId, true, writeCommandSet(set));
const store: CommandSet = { commandField: 1, messageId: 1, commandDataSetType: 0 };
const data = (text: string, isLast: boolean, contextId = 1) => fragment(contextId, false, Buffer.from(text), isLast);

const userAborts = [7, 0, 0, 0];
const providerAborts = (reason: number) => [7, 0, 2, reason];

test("an association is asked for, used, and released", () => {
  const { state, done, told } = run(
    request,
    accept,
    command(store),
    data("ab", false),
    data("cd", true),
    { type: "message", contextId: 1, command: { commandField: 0x8001, status: 0 } },
    release,
    { type: "release" },
    { type: "connection closed" },
  );
  expect(state).toEqual({ name: "closed" });
  expect(done).toEqual(["stop timer", "accept", [4, 0, 0, 34], [6, 0, 0, 0], "start timer", "stop timer", "close"]);
  expect(told).toMatchObject([
    request,
    { type: "command", contextId: 1, hasDataSet: true, command: store },
    { type: "data", bytes: Buffer.from("ab"), isLast: false },
    { type: "data", bytes: Buffer.from("cd"), isLast: true },
    { type: "released" },
  ]);
});

describe("before anything was asked (Sta2)", () => {
  const cases: readonly (readonly [string, AcceptorEvent, readonly unknown[], string])[] = [
    ["rubbish", { type: "malformed", reason: 1 }, [userAborts, "start timer"], "closing"],
    ["data", data("x", true), [userAborts, "start timer"], "closing"],
    ["a release", release, [userAborts, "start timer"], "closing"],
    [
      "an answer",
      { type: "associate-reject", result: 1, source: 1, reason: 1 },
      [userAborts, "start timer"],
      "closing",
    ],
    ["an abort", { type: "abort", source: 0, reason: 0 }, ["stop timer", "close"], "closed"],
    ["silence", { type: "time is up" }, ["close"], "closed"],
    ["the end", { type: "connection closed" }, ["stop timer", "close"], "closed"],
  ];
  test.each(cases)("%s", (_, event, done, name) => {
    expect(run(event)).toMatchObject({ done, state: { name } });
  });
  test("a protocol or an application that is not ours is rejected", () => {
    expect(run({ ...request, protocolVersion: 2 }).done).toEqual([[3, 1, 2, 2], "start timer"]);
    expect(run({ ...request, applicationContext: "1.2" }).done).toEqual([[3, 1, 1, 2], "start timer"]);
    expect(run(request, { type: "reject", result: 2, source: 3, reason: 2 }).done).toEqual([
      "stop timer",
      [3, 2, 3, 2],
      "start timer",
    ]);
  });
});

describe("what has no place in an association aborts it", () => {
  const cases: readonly (readonly [string, readonly AcceptorEvent[], number])[] = [
    ["a second request", [request], 2],
    ["a release in the middle of a command", [fragment(1, true, new Uint8Array(2), false), release], 2],
    ["a release in the middle of a data set", [command(store), data("x", false), release], 2],
    ["an answer", [{ type: "release-response" }], 2],
    ["rubbish", [{ type: "malformed", reason: 6 }], 6],
    ["a context that was not accepted", [command(store, 3)], 6],
    ["a context that was not proposed", [command(store, 7)], 6],
    ["a data set without a command", [data("x", true)], 5],
    ["a data set in another context", [command(store), data("x", true, 5)], 5],
    ["a command within a data set", [command(store), data("x", false), command(store)], 5],
    ["two commands between each other", [fragment(1, true, new Uint8Array(2), false), command(store, 5)], 5],
    ["a command that is none", [fragment(1, true, Buffer.from("no command set at all"))], 6],
    ["a command without its field", [command({ messageId: 1, commandDataSetType: 0 })], 6],
    ["a command that says not whether data follow", [command({ commandField: 1 })], 6],
    ["a command without an end", Array.from({ length: 20 }, () => fragment(1, true, new Uint8Array(1000), false)), 6],
  ];
  test.each(cases)("%s", (_, events, reason) => {
    const { state, done, told } = run(request, accept, ...events);
    expect(done.slice(2)).toEqual([providerAborts(reason), "start timer"]);
    expect(told.at(-1)).toEqual({ type: "ended", by: "protocol", source: 2, reason });
    expect(state).toEqual({ name: "closing" });
  });
});

test("an abort and a connection that is gone end it, whatever it was in", () => {
  for (const before of [[request], [request, accept], [request, accept, command(store)], [request, accept, release]]) {
    const aborted = run(...before, { type: "abort", source: 0, reason: 0 });
    expect(aborted.told.at(-1)).toEqual({ type: "ended", by: "peer", source: 0, reason: 0 });
    const gone = run(...before, { type: "connection closed" });
    expect(gone.told.at(-1)).toEqual({ type: "ended", by: "connection" });
    expect([aborted.state, gone.state]).toEqual([{ name: "closed" }, { name: "closed" }]);
    const given = run(...before, { type: "give up" });
    expect(given.done.slice(-2)).toEqual([userAborts, "start timer"]);
  }
});

test("while the peer is waited for, nothing is said to it but that it should go", () => {
  const before = [request, { type: "reject", result: 1, source: 1, reason: 3 }] as const;
  expect(run(...before, data("x", true), release).done.slice(3)).toEqual([]);
  expect(run(...before, request).done.slice(3)).toEqual([providerAborts(2)]);
  expect(run(...before, { type: "malformed", reason: 1 }).done.slice(3)).toEqual([
    "stop timer",
    providerAborts(1),
    "close",
  ]);
  for (const end of [
    { type: "time is up" },
    { type: "connection closed" },
    { type: "abort", source: 0, reason: 0 },
  ] as const)
    expect(run(...before, end).done.slice(3)).toEqual(["stop timer", "close"]);
});
