// What associations are made of on either side: what happens to them, and what is to be done about it. DICOM PS3.8 § 9.2.
import type { CommandSet } from "./command-set.ts";
import { writeCommandSet } from "./command-set.ts";
import type { MessageDelivery } from "./message.ts";
import type { AbortReason, Pdu } from "./pdu.ts";
import { type MessagePart, writeData, writePdu } from "./pdu-writer.ts";

/** How an association ended before its time: by the peer, by what the peer sent, by the connection, by time, or because this side gave up. */
export interface Ended {
  readonly type: "ended";
  readonly by: "peer" | "protocol" | "connection" | "time" | "self";
  /** Of an abort: PS3.8 § 9.3.8. */
  readonly source?: number;
  readonly reason?: number;
}

/** What either side is told. */
export type CommonDelivery = MessageDelivery | Ended;

/** What is to be done, in order. The timer is ARTIM of PS3.8 § 9.1.5; starting it again starts it anew. */
export type Action<Delivery> =
  | { readonly do: "send"; readonly bytes: Uint8Array }
  | { readonly do: "start timer" }
  | { readonly do: "stop timer" }
  | { readonly do: "close" }
  | { readonly do: "deliver"; readonly delivery: Delivery };

/** A state and what is to be done. */
export interface Step<State, Delivery> {
  readonly state: State;
  readonly actions: readonly Action<Delivery>[];
}

/** What happens beside PDUs: the connection is gone, ARTIM has run out, or this side gives up. */
export type CommonEvent =
  | { readonly type: "connection closed" }
  | { readonly type: "time is up" }
  | { readonly type: "give up" };

/** A message to send. */
export interface Message {
  readonly type: "message";
  readonly contextId: number;
  readonly command: CommandSet;
}

/** Where every association ends: nothing is sent any more; the peer is waited for, or the connection is closed. Sta13 and Sta1. */
export type EndState = { readonly name: "closing" } | { readonly name: "closed" };

/** The state behind the last. */
export const closed: EndState = { name: "closed" };
const closing: EndState = { name: "closing" };

/** The action of sending a PDU. */
export function sending(pdu: Pdu): { readonly do: "send"; readonly bytes: Uint8Array } {
  return { do: "send", bytes: writePdu(pdu) };
}

/** The actions of sending a command. */
export function sendingCommand(
  { contextId, command }: Message,
  maximumLength: number,
): { readonly do: "send"; readonly bytes: Uint8Array }[] {
  return sendingPart({ contextId, isCommand: true, bytes: writeCommandSet(command), isLast: true }, maximumLength);
}

/** The actions of sending a part of a message. */
export function sendingPart(
  part: MessagePart,
  maximumLength: number,
): { readonly do: "send"; readonly bytes: Uint8Array }[] {
  return writeData(part, maximumLength).map((bytes) => ({ do: "send", bytes }));
}

/** The action of telling something. */
export function delivering<Delivery>(delivery: Delivery): { readonly do: "deliver"; readonly delivery: Delivery } {
  return { do: "deliver", delivery };
}

/** The provider aborts: AA-8. */
export function providerAbort(reason: AbortReason): Step<EndState, Ended> {
  const abort = sending({ type: "abort", source: 2, reason });
  return {
    state: closing,
    actions: [abort, delivering({ type: "ended", by: "protocol", source: 2, reason }), { do: "start timer" }],
  };
}

/** The user aborts: AA-1. */
export function userAbort(by: Ended["by"]): Step<EndState, Ended> {
  const abort = sending({ type: "abort", source: 0, reason: 0 });
  return { state: closing, actions: [abort, delivering({ type: "ended", by }), { do: "start timer" }] };
}

/** The peer has aborted: AA-3. */
export function peerAbort({
  source,
  reason,
}: {
  readonly source: number;
  readonly reason: number;
}): Step<EndState, Ended> {
  return {
    state: closed,
    actions: [{ do: "stop timer" }, delivering({ type: "ended", by: "peer", source, reason }), { do: "close" }],
  };
}

/** The connection is gone: AA-4. */
export const connectionLost: Step<EndState, Ended> = {
  state: closed,
  actions: [{ do: "stop timer" }, delivering({ type: "ended", by: "connection" }), { do: "close" }],
};

/** Nothing happens. */
export function unmoved<State>(state: State): Step<State, never> {
  return { state, actions: [] };
}

/** What happens while the peer is waited for, Sta13: an abort and the end of time close (AA-2), rubbish is answered with an abort (AA-7), all else is passed over (AA-6). */
export function whileClosing(event: { readonly type: string }): Step<EndState, never> {
  if (event.type === "connection closed" || event.type === "time is up" || event.type === "abort")
    return { state: closed, actions: [{ do: "stop timer" }, { do: "close" }] };
  if (event.type !== "malformed" && event.type !== "associate-request") return unmoved(closing);
  const reason = event.type === "malformed" ? 1 : 2;
  // What is malformed ends the reading, so that nobody is waited for.
  return event.type === "malformed"
    ? { state: closed, actions: [{ do: "stop timer" }, sending({ type: "abort", source: 2, reason }), { do: "close" }] }
    : { state: closing, actions: [sending({ type: "abort", source: 2, reason })] };
}
