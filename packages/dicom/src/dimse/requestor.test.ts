import { expect, test } from "vitest";
import { type AcceptorDelivery, type AcceptorEvent, acceptorStep, newAcceptor } from "./acceptor.ts";
import { defaultDimseLimits as limits } from "./dimse-limits.ts";
import { negotiate } from "./negotiation.ts";
import type { AssociateRequest } from "./pdu.ts";
import { pduReader } from "./pdu-reader.ts";
import { newRequestor, type RequestorDelivery, type RequestorEvent, requestorStep } from "./requestor.ts";

const request: AssociateRequest = {
  type: "associate-request",
  protocolVersion: 1,
  calledAe: "FIDUCIAL",
  callingAe: "CT1",
  applicationContext: "1.2.840.10008.3.1.1.1",
  contexts: [{ id: 1, abstractSyntax: "1.2.840.10008.1.1", transferSyntaxes: ["1.2.840.10008.1.2"] }],
  user: { maximumLength: 16_384, implementationClassUid: "1.2.3", implementationVersionName: "X", roles: [] },
};

/** Both sides, joined by their bytes: the acceptor echoes. Resolves with what each was told. */
function conversation() {
  const told = { requestor: [] as string[], acceptor: [] as string[] };
  const readers = { requestor: pduReader(limits), acceptor: pduReader(limits) };
  let acceptor = newAcceptor;
  let { state: requestor, actions } = newRequestor(request);

  function toAcceptor(event: AcceptorEvent): void {
    const step = acceptorStep(acceptor, event, limits);
    acceptor = step.state;
    for (const action of step.actions) {
      if (action.do === "send") for (const found of readers.requestor.read(action.bytes)) toRequestor(found);
      if (action.do === "deliver") answer(action.delivery);
    }
  }
  function answer(delivery: AcceptorDelivery): void {
    told.acceptor.push(delivery.type);
    const command = { commandField: 0x8030, commandDataSetType: 0x0101, status: 0 };
    if (delivery.type === "associate-request")
      toAcceptor({ type: "accept", contexts: negotiate(delivery, () => true), user: request.user });
    if (delivery.type === "command") toAcceptor({ type: "message", contextId: 1, command });
    if (delivery.type === "released") toAcceptor({ type: "release" });
  }
  function toRequestor(event: RequestorEvent): void {
    const step = requestorStep(requestor, event, limits);
    requestor = step.state;
    act(step.actions);
  }
  function act(given: typeof actions): void {
    for (const action of given) {
      if (action.do === "send") for (const found of readers.acceptor.read(action.bytes)) toAcceptor(found);
      if (action.do === "deliver") told.requestor.push((action.delivery as RequestorDelivery).type);
    }
  }
  act(actions);
  return { told, toRequestor, states: () => [requestor.name, acceptor.name] };
}

test("a requestor and an acceptor understand each other", () => {
  const { told, toRequestor, states } = conversation();
  expect(states()).toEqual(["established", "established"]);
  toRequestor({
    type: "message",
    contextId: 1,
    command: { commandField: 0x30, messageId: 1, commandDataSetType: 0x0101 },
  });
  toRequestor({ type: "release" });
  expect(told).toEqual({
    requestor: ["associate-accept", "command", "released"],
    acceptor: ["associate-request", "command", "released"],
  });
  expect(states()).toEqual(["closed", "closing"]);
});

test("an answer that is none, and none at all, end it", () => {
  const { state } = newRequestor(request);
  const told = (event: RequestorEvent) =>
    requestorStep(state, event, limits).actions.flatMap((action) => (action.do === "deliver" ? [action.delivery] : []));
  expect(told({ type: "associate-reject", result: 1, source: 1, reason: 7 })).toMatchObject([{ reason: 7 }]);
  expect(told({ type: "release-response" })).toMatchObject([{ by: "protocol", reason: 2 }]);
  expect(told({ type: "malformed", reason: 1 })).toMatchObject([{ by: "protocol", reason: 1 }]);
  expect(told({ type: "abort", source: 2, reason: 0 })).toMatchObject([{ by: "peer" }]);
  expect(told({ type: "time is up" })).toMatchObject([{ by: "time" }]);
  expect(told({ type: "connection closed" })).toMatchObject([{ by: "connection" }]);
});
