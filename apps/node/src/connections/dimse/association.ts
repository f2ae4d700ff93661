// One connection of a sender: bytes in, steps of the protocol, messages to the service, bytes out. One piece after the other, so that whoever sends faster than we store is held up.
import type { Socket } from "node:net";
import {
  type AcceptorDelivery,
  type AcceptorEvent,
  type AcceptorState,
  type AssociateRequest,
  acceptorStep,
  type ContextResult,
  type DimseLimits,
  defaultDimseLimits,
  newAcceptor,
  pduReader,
  type UserInformation,
} from "@fiducial/dicom/dimse";
import type { Clock } from "../../intake/clock.ts";
import type { NodeErrorCode } from "../../node-error.ts";
import type { DimseListenerLimits } from "./dimse-options.ts";
import { drained } from "./drained-socket.ts";
import type { Reply, StorageService } from "./storage-service.ts";

/** Whom an association turns to. */
export interface AssociationDesk {
  readonly limits: DimseListenerLimits;
  readonly clock: Clock;
  /** Judges a request: opens a service for an association, or rejects it. */
  judge(request: AssociateRequest): Judgement;
  /** Told once how an association ended that did not end well. */
  failed(code: NodeErrorCode): void;
}

/** What a desk says to a request. */
export type Judgement =
  | { readonly reject: { readonly result: 1 | 2; readonly source: 1 | 3; readonly reason: number } }
  | { readonly contexts: readonly ContextResult[]; readonly user: UserInformation; readonly service: StorageService };

/** An association that is served. */
export interface Association {
  /** Whether it was asked for and accepted. */
  isEstablished(): boolean;
  /** Tells the peer that it is over, and closes the connection. */
  cut(): void;
  /** Resolves when no object is coming in, or the association has ended. */
  settled(): Promise<void>;
  /** Resolves when the connection is closed and nothing is left of what was not whole. It never rejects. */
  readonly ended: Promise<void>;
}

/** Serves a connection until it ends. */
export function serveAssociation(socket: Socket, desk: AssociationDesk): Association {
  const { limits, clock } = desk;
  const protocol: DimseLimits = { ...defaultDimseLimits, dataBytes: limits.pduBytes };
  let state: AcceptorState = newAcceptor;
  let service: StorageService | undefined;
  let isAnswering = false;
  let isSilent = false;
  let whenIdle = () => {};
  let stopTimer = startTimer();

  function startTimer(): () => void {
    return clock.after(limits.artimMs, () => void take({ type: "time is up" }));
  }

  function take(event: AcceptorEvent): Promise<void> | undefined {
    const step = acceptorStep(state, event, protocol);
    state = step.state;
    let pending: Promise<void> | undefined;
    for (const action of step.actions) {
      if (action.do === "send") socket.write(action.bytes);
      else if (action.do === "deliver") pending = deliver(action.delivery);
      else stopTimer();
      if (action.do === "start timer") stopTimer = startTimer();
      if (action.do === "close") socket.destroySoon();
    }
    return pending;
  }

  function deliver(delivery: AcceptorDelivery): Promise<void> | undefined {
    switch (delivery.type) {
      case "associate-request":
        return answer(delivery);
      case "released":
        return take({ type: "release" });
      case "ended": {
        const code = codeOfEnd(delivery);
        if (code !== undefined) desk.failed(code);
        return undefined;
      }
      default:
        return message(delivery);
    }
  }

  function answer(request: AssociateRequest): Promise<void> | undefined {
    const judged = desk.judge(request);
    if ("reject" in judged) return take({ type: "reject", ...judged.reject });
    service = judged.service;
    return take({ type: "accept", contexts: judged.contexts, user: judged.user });
  }

  let contextId = 0;
  function message(delivery: Extract<AcceptorDelivery, { type: "command" | "data" }>): Promise<void> | undefined {
    if (delivery.type === "command") contextId = delivery.contextId;
    const reply = service?.take(delivery);
    if (!(reply instanceof Promise)) return replied(reply);
    isAnswering = true;
    return reply.then(replied).finally(() => {
      isAnswering = false;
      whenIdle();
    });
  }

  function replied(reply: Reply): Promise<void> | undefined {
    if (reply === undefined) return undefined;
    if (reply === "abort") return take({ type: "malformed", reason: 6 });
    return take({ type: "message", contextId, command: reply });
  }

  function codeOfEnd(end: Extract<AcceptorDelivery, { type: "ended" }>): NodeErrorCode | undefined {
    if (end.by === "protocol") return "DIMSE_MALFORMED";
    if (service?.isStoring() !== true || (end.by === "self" && !isSilent)) return undefined;
    return isSilent ? "DIMSE_SILENT" : "DIMSE_BROKEN_OFF";
  }

  // Whoever neither sends nor reads is given up, and has ARTIM then.
  async function within<Value>(ms: number, coming: Promise<Value>): Promise<Value> {
    const stop = clock.after(ms, () => {
      isSilent = true;
      void take({ type: "give up" });
    });
    try {
      return await coming;
    } finally {
      stop();
    }
  }

  const isBusy = () => service?.isStoring() === true || isAnswering;
  const patience = () =>
    state.name === "established" && (state.message.name !== "none" || service?.isStoring())
      ? limits.stalledMs
      : limits.idleMs;

  async function serve(): Promise<void> {
    const reader = pduReader(protocol);
    const pieces = socket.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>;
    for (;;) {
      const { value, done } = await within(patience(), pieces.next());
      if (done === true) return;
      for (const event of reader.read(value)) {
        const pending = take(event);
        if (pending !== undefined) await pending;
      }
      if (socket.writableNeedDrain) await within(limits.stalledMs, drained(socket));
    }
  }

  async function run(): Promise<void> {
    // A connection that breaks is one that ends.
    await serve().catch(() => {});
    void take({ type: "connection closed" });
    stopTimer();
    await service?.end().catch(() => {});
    socket.destroySoon();
  }

  const ended = run();
  return {
    isEstablished: () => service !== undefined,
    cut: () => {
      void take({ type: "give up" });
      socket.destroy();
    },
    settled: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      whenIdle = () => isBusy() || resolve();
      whenIdle();
      await Promise.race([promise, ended]);
    },
    ended,
  };
}
