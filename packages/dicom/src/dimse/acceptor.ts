// The acceptor's side of an association: a function from state and event to the next state and what is to be done. DICOM PS3.8 § 9.2, table 9-10.
import {
  type Action,
  type CommonDelivery,
  type CommonEvent,
  closed,
  connectionLost,
  delivering,
  type EndState,
  type Message,
  peerAbort,
  providerAbort,
  type Step,
  sending,
  sendingCommand,
  unmoved,
  userAbort,
  whileClosing,
} from "./association-step.ts";
import type { DimseLimits } from "./dimse-limits.ts";
import { type MessageState, noMessage, takeFragment } from "./message.ts";
import {
  type AssociateRequest,
  abortReasons,
  type ContextResult,
  dicomApplicationContext,
  type Fragment,
  type UserInformation,
} from "./pdu.ts";
import type { PduEvent } from "./pdu-reader.ts";

/** Where an association is. In brackets the states of PS3.8 § 9.2.1. */
export type AcceptorState =
  /** The connection stands, nothing was asked (Sta2). */
  | { readonly name: "awaiting request" }
  /** It was asked for, and is to be accepted or rejected (Sta3). */
  | { readonly name: "deciding"; readonly request: AssociateRequest }
  /** Messages come and go (Sta6); those of the peer in these contexts. */
  | {
      readonly name: "established";
      readonly contexts: ReadonlySet<number>;
      readonly peerMaximum: number;
      readonly message: MessageState;
    }
  /** The peer asks to end it (Sta8). */
  | { readonly name: "releasing" }
  | EndState;

/** What can happen. */
export type AcceptorEvent =
  | PduEvent
  | CommonEvent
  | Message
  | { readonly type: "accept"; readonly contexts: readonly ContextResult[]; readonly user: UserInformation }
  | { readonly type: "reject"; readonly result: 1 | 2; readonly source: 1 | 2 | 3; readonly reason: number }
  | { readonly type: "release" };

/** What the acceptor is told. A request is answered by "accept" or "reject", a release by "release", a command by a message. */
export type AcceptorDelivery = CommonDelivery | AssociateRequest | { readonly type: "released" };

/** The beginning: the connection has just been made, and ARTIM runs (AE-5). */
export const newAcceptor: AcceptorState = { name: "awaiting request" };

/** Takes one step. It never throws, and never sends after the end. */
export function acceptorStep(
  state: AcceptorState,
  event: AcceptorEvent,
  limits: DimseLimits,
): Step<AcceptorState, AcceptorDelivery> {
  switch (state.name) {
    case "awaiting request":
      return whileAwaiting(event);
    case "deciding":
      return whileDeciding(state, event);
    case "established":
      return whileEstablished(state, event, limits);
    case "releasing":
      return whileReleasing(event);
    case "closing":
      return whileClosing(event);
    case "closed":
      return unmoved(state);
  }
}

type AcceptorStep = Step<AcceptorState, AcceptorDelivery>;

function whileAwaiting(event: AcceptorEvent): AcceptorStep {
  switch (event.type) {
    case "associate-request":
      return requested(event);
    case "connection closed":
      return connectionLost;
    // AA-2.
    case "abort":
      return {
        state: closed,
        actions: [{ do: "stop timer" }, delivering({ type: "ended", by: "peer" }), { do: "close" }],
      };
    case "time is up":
      return { state: closed, actions: [delivering({ type: "ended", by: "time" }), { do: "close" }] };
    case "give up":
      return userAbort("self");
    // AA-1.
    default:
      return userAbort("protocol");
  }
}

// AE-6: what the provider itself cannot agree to is rejected here.
function requested(request: AssociateRequest): AcceptorStep {
  const stop: Action<never> = { do: "stop timer" };
  if ((request.protocolVersion & 1) === 0) return rejected(1, 2, 2);
  if (request.applicationContext !== dicomApplicationContext) return rejected(1, 1, 2);
  return { state: { name: "deciding", request }, actions: [stop, delivering(request)] };
}

// AE-8.
function rejected(result: number, source: number, reason: number): AcceptorStep {
  const reject = sending({ type: "associate-reject", result, source, reason });
  return { state: { name: "closing" }, actions: [reject, { do: "start timer" }] };
}

function whileDeciding(state: Extract<AcceptorState, { name: "deciding" }>, event: AcceptorEvent): AcceptorStep {
  if (event.type === "reject") return rejected(event.result, event.source, event.reason);
  if (event.type === "accept") return accepted(state.request, event);
  return otherwise(state, event);
}

// AE-7.
function accepted(
  { calledAe, callingAe, user: peer }: AssociateRequest,
  { contexts, user }: Extract<AcceptorEvent, { type: "accept" }>,
): AcceptorStep {
  const usable = new Set(contexts.flatMap(({ id, result }) => (result === 0 ? [id] : [])));
  return {
    state: { name: "established", contexts: usable, peerMaximum: peer.maximumLength, message: noMessage },
    actions: [sending({ type: "associate-accept", calledAe, callingAe, contexts, user })],
  };
}

function whileEstablished(
  state: Extract<AcceptorState, { name: "established" }>,
  event: AcceptorEvent,
  limits: DimseLimits,
): AcceptorStep {
  if (event.type === "fragment") return received(state, event, limits);
  if (event.type === "message") return { state, actions: sendingCommand(event, state.peerMaximum) };
  if (event.type !== "release-request") return otherwise(state, event);
  // Whoever releases in the middle of a message has not said what was to be said.
  if (state.message.name !== "none") return providerAbort(abortReasons.unexpectedPdu);
  return { state: { name: "releasing" }, actions: [delivering({ type: "released" })] };
}

// DT-2.
function received(
  state: Extract<AcceptorState, { name: "established" }>,
  fragment: Fragment,
  { commandBytes }: DimseLimits,
): AcceptorStep {
  if (!state.contexts.has(fragment.contextId)) return providerAbort(abortReasons.invalidParameter);
  const step = takeFragment(state.message, fragment, commandBytes);
  if ("fault" in step) return providerAbort(step.fault);
  const actions = step.delivery === undefined ? [] : [delivering(step.delivery)];
  return { state: step.state === state.message ? state : { ...state, message: step.state }, actions };
}

// AR-4.
function whileReleasing(event: AcceptorEvent): AcceptorStep {
  if (event.type !== "release") return otherwise({ name: "releasing" }, event);
  return { state: { name: "closing" }, actions: [sending({ type: "release-response" }), { do: "start timer" }] };
}

// What is the same in every state with an association.
function otherwise(state: AcceptorState, event: AcceptorEvent): AcceptorStep {
  switch (event.type) {
    case "abort":
      return peerAbort(event);
    case "connection closed":
      return connectionLost;
    case "give up":
      return userAbort("self");
    case "malformed":
      return providerAbort(event.reason);
    // ARTIM does not run; what this side says too late, nobody hears.
    case "time is up":
    case "accept":
    case "reject":
    case "release":
    case "message":
      return unmoved(state);
    default:
      return providerAbort(abortReasons.unexpectedPdu);
  }
}
