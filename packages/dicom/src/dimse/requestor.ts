// The requestor's side of an association, as much as a small sender needs: a function from state and event to the next state and what is to be done. DICOM PS3.8 § 9.2, table 9-10.
import {
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
  sendingPart,
  unmoved,
  userAbort,
  whileClosing,
} from "./association-step.ts";
import type { DimseLimits } from "./dimse-limits.ts";
import { type MessageState, noMessage, takeFragment } from "./message.ts";
import {
  type AssociateAccept,
  type AssociateReject,
  type AssociateRequest,
  abortReasons,
  type Fragment,
} from "./pdu.ts";
import type { PduEvent } from "./pdu-reader.ts";
import type { MessagePart } from "./pdu-writer.ts";

/** Where an association is. In brackets the states of PS3.8 § 9.2.1. */
export type RequestorState =
  /** It was asked for (Sta5). */
  | { readonly name: "awaiting answer" }
  /** Messages come and go (Sta6). */
  | {
      readonly name: "established";
      readonly contexts: ReadonlySet<number>;
      readonly peerMaximum: number;
      readonly message: MessageState;
    }
  /** Its end was asked for (Sta7). */
  | { readonly name: "awaiting release" }
  | EndState;

/** What can happen. */
export type RequestorEvent =
  | PduEvent
  | CommonEvent
  | Message
  | ({ readonly type: "part" } & MessagePart)
  | { readonly type: "release" };

/** What the requestor is told. */
export type RequestorDelivery = CommonDelivery | AssociateAccept | AssociateReject | { readonly type: "released" };

/** The beginning: the connection stands, and the request is to be sent (AE-2). */
export function newRequestor(request: AssociateRequest): Step<RequestorState, RequestorDelivery> {
  return { state: { name: "awaiting answer" }, actions: [sending(request)] };
}

type RequestorStep = Step<RequestorState, RequestorDelivery>;

/** Takes one step. It never throws, and never sends after the end. */
export function requestorStep(state: RequestorState, event: RequestorEvent, limits: DimseLimits): RequestorStep {
  switch (state.name) {
    case "awaiting answer":
      return whileAwaitingAnswer(event);
    case "established":
      return whileEstablished(state, event, limits);
    case "awaiting release":
      return whileAwaitingRelease(event);
    case "closing":
      return whileClosing(event);
    case "closed":
      return unmoved(state);
  }
}

// AE-3, AE-4.
function whileAwaitingAnswer(event: RequestorEvent): RequestorStep {
  if (event.type === "associate-accept") {
    const contexts = new Set(event.contexts.flatMap(({ id, result }) => (result === 0 ? [id] : [])));
    const state = { name: "established", contexts, peerMaximum: event.user.maximumLength, message: noMessage } as const;
    return { state, actions: [delivering(event)] };
  }
  if (event.type === "associate-reject") return { state: closed, actions: [delivering(event), { do: "close" }] };
  return otherwise({ name: "awaiting answer" }, event);
}

function whileEstablished(
  state: Extract<RequestorState, { name: "established" }>,
  event: RequestorEvent,
  limits: DimseLimits,
): RequestorStep {
  switch (event.type) {
    case "fragment":
      return received(state, event, limits);
    case "message":
      return { state, actions: sendingCommand(event, state.peerMaximum) };
    case "part":
      return { state, actions: sendingPart(event, state.peerMaximum) };
    case "release":
      return { state: { name: "awaiting release" }, actions: [sending({ type: "release-request" })] };
    default:
      return otherwise(state, event);
  }
}

function received(
  state: Extract<RequestorState, { name: "established" }>,
  fragment: Fragment,
  { commandBytes }: DimseLimits,
): RequestorStep {
  if (!state.contexts.has(fragment.contextId)) return providerAbort(abortReasons.invalidParameter);
  const step = takeFragment(state.message, fragment, commandBytes);
  if ("fault" in step) return providerAbort(step.fault);
  return {
    state: { ...state, message: step.state },
    actions: step.delivery === undefined ? [] : [delivering(step.delivery)],
  };
}

// AR-3.
function whileAwaitingRelease(event: RequestorEvent): RequestorStep {
  if (event.type === "release-response")
    return { state: closed, actions: [delivering({ type: "released" }), { do: "close" }] };
  return otherwise({ name: "awaiting release" }, event);
}

// What is the same in every state with an association.
function otherwise(state: RequestorState, event: RequestorEvent): RequestorStep {
  switch (event.type) {
    case "abort":
      return peerAbort(event);
    case "connection closed":
      return connectionLost;
    case "give up":
      return userAbort("self");
    case "time is up":
      return userAbort("time");
    case "malformed":
      return providerAbort(event.reason);
    case "message":
    case "part":
    case "release":
      return unmoved(state);
    default:
      return providerAbort(abortReasons.unexpectedPdu);
  }
}
