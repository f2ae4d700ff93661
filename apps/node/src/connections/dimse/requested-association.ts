// An association that this node asks for, over a connection of its own: one message at a time. DICOM PS3.8 § 9.2.
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import {
  type AssociateRequest,
  type CommandSet,
  type ContextResult,
  defaultDimseLimits,
  dicomApplicationContext,
  implementation,
  newRequestor,
  type ProposedContext,
  pduReader,
  type RequestorDelivery,
  type RequestorEvent,
  type RequestorState,
  requestorStep,
} from "@fiducial/dicom/dimse";
import { type Clock, processClock } from "../../intake/clock.ts";
import { NodeError, type NodeErrorCode } from "../../node-error.ts";
import { drained } from "./drained-socket.ts";

/** A system to call. */
export interface DimsePeer {
  readonly host: string;
  readonly port: number;
  readonly callingAe: string;
  readonly calledAe: string;
  /** TLS instead of plain TCP: who signs the peer's certificate, and what this node shows of its own. */
  readonly tls?: { readonly ca?: string | Buffer; readonly key?: string | Buffer; readonly cert?: string | Buffer };
  /** Milliseconds for each answer; 20 seconds unless told. */
  readonly timeoutMs?: number;
}

/** An association that was accepted. */
export interface RequestedAssociation {
  readonly contexts: readonly ContextResult[];
  /** Sends a command and perhaps a data set, and resolves with the answer. Rejects with DIMSE_ABORTED, DIMSE_NO_ANSWER. */
  send(
    contextId: number,
    command: CommandSet,
    dataSet?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<CommandSet>;
  /** Ends it as it should, and closes the connection. */
  release(): Promise<void>;
  /** Ends it at once. */
  abort(): void;
}

/**
 * Calls a system. Rejects with DIMSE_UNREACHABLE, DIMSE_TLS_FAILED, DIMSE_NO_ANSWER, DIMSE_ABORTED, and with DIMSE_CALLING_AE_REFUSED, DIMSE_CALLED_AE_REFUSED or DIMSE_REJECTED
 * (`data` has result, source and reason).
 */
export async function requestAssociation(
  peer: DimsePeer,
  contexts: readonly ProposedContext[],
  clock: Clock = processClock,
): Promise<RequestedAssociation> {
  const { callingAe, calledAe, timeoutMs = 20_000 } = peer;
  const socket = await connected(peer, timeoutMs, clock);
  const told = mailbox<RequestorDelivery>(timeoutMs, clock);
  const { state: first, actions } = newRequestor(requestOf(callingAe, calledAe, contexts));
  let state: RequestorState = first;
  let hasAnswered = false;

  function act(given: typeof actions): void {
    for (const action of given) {
      if (action.do === "send") socket.write(action.bytes);
      else if (action.do === "deliver") told.put(action.delivery);
      else if (action.do === "close") socket.destroySoon();
    }
  }
  function take(event: RequestorEvent): void {
    const step = requestorStep(state, event, defaultDimseLimits);
    state = step.state;
    act(step.actions);
  }
  async function next<Type extends RequestorDelivery["type"]>(
    type: Type,
  ): Promise<Extract<RequestorDelivery, { type: Type }>> {
    const delivery = await told.take(() => take({ type: "time is up" }));
    if (delivery.type === type) return delivery as Extract<RequestorDelivery, { type: Type }>;
    socket.destroySoon();
    // With TLS 1.3 a peer says no to this node's certificate only after the handshake, and may just hang up. RFC 8446 § 4.4.2.4.
    const isTlsRefused = peer.tls !== undefined && !hasAnswered && delivery.type === "ended" && delivery.by !== "time";
    throw isTlsRefused ? new NodeError("DIMSE_TLS_FAILED") : wrongAnswer(delivery);
  }

  const reader = pduReader(defaultDimseLimits);
  socket.on("data", (piece: Uint8Array) => {
    hasAnswered = true;
    for (const event of reader.read(piece)) take(event);
  });
  socket.on("close", () => take({ type: "connection closed" }));
  act(actions);
  const accepted = await next("associate-accept");
  return {
    contexts: accepted.contexts,
    send: async (contextId, command, dataSet) => {
      take({ type: "message", contextId, command });
      if (dataSet !== undefined)
        await sendData(socket, dataSet, (bytes, isLast) =>
          take({ type: "part", contextId, isCommand: false, bytes, isLast }),
        );
      return (await next("command")).command;
    },
    release: async () => {
      take({ type: "release" });
      await next("released");
    },
    abort: () => {
      take({ type: "give up" });
      socket.destroySoon();
    },
  };
}

function requestOf(callingAe: string, calledAe: string, contexts: readonly ProposedContext[]): AssociateRequest {
  return {
    type: "associate-request",
    protocolVersion: 1,
    calledAe,
    callingAe,
    applicationContext: dicomApplicationContext,
    contexts,
    user: {
      maximumLength: defaultDimseLimits.dataBytes,
      implementationClassUid: implementation.classUid,
      implementationVersionName: implementation.versionName,
      roles: [],
    },
  };
}

async function connected({ host, port, tls }: DimsePeer, timeoutMs: number, clock: Clock): Promise<Socket> {
  const socket =
    tls === undefined
      ? connect({ host, port, noDelay: true })
      : connectTls({ host, port, ...tls, minVersion: "TLSv1.2" });
  socket.setNoDelay(true);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let hasConnected = false;
  socket.on("connect", () => {
    hasConnected = true;
  });
  socket.once(tls === undefined ? "connect" : "secureConnect", resolve);
  const unreachable = (cause?: unknown) =>
    reject(new NodeError(hasConnected ? "DIMSE_TLS_FAILED" : "DIMSE_UNREACHABLE", {}, cause));
  socket.on("error", unreachable).once("close", () => unreachable());
  const stop = clock.after(timeoutMs, unreachable);
  try {
    await promise;
    return socket;
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  } finally {
    stop();
  }
}

// One part ahead, so that the last one is known to be it.
async function sendData(
  socket: Socket,
  dataSet: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  send: (bytes: Uint8Array, isLast: boolean) => void,
): Promise<void> {
  let before: Uint8Array | undefined;
  for await (const bytes of dataSet) {
    if (before !== undefined) send(before, false);
    before = bytes;
    if (socket.writableNeedDrain) await drained(socket);
  }
  send(before ?? new Uint8Array(0), true);
}

function wrongAnswer(delivery: RequestorDelivery): NodeError {
  if (delivery.type === "associate-reject") {
    const { result, source, reason } = delivery;
    return new NodeError(rejectionCode(source, reason), { result, source, reason });
  }
  return new NodeError(delivery.type === "ended" && delivery.by === "time" ? "DIMSE_NO_ANSWER" : "DIMSE_ABORTED");
}

// PS3.8 table 9-21: source 1 is the service user, its reasons 3 and 7 the titles.
function rejectionCode(source: number, reason: number): NodeErrorCode {
  if (source !== 1) return "DIMSE_REJECTED";
  return reason === 3 ? "DIMSE_CALLING_AE_REFUSED" : reason === 7 ? "DIMSE_CALLED_AE_REFUSED" : "DIMSE_REJECTED";
}

/** What was told and is not read yet. Whoever reads waits so long, then `late` is called, which has to bring something about. */
function mailbox<Letter>(patienceMs: number, clock: Clock) {
  const letters: Letter[] = [];
  let waiting: ((letter: Letter) => void) | undefined;
  return {
    put: (letter: Letter) => {
      const reader = waiting;
      waiting = undefined;
      if (reader === undefined) letters.push(letter);
      else reader(letter);
    },
    take: async (late: () => void): Promise<Letter> => {
      const [letter] = letters.splice(0, 1);
      if (letter !== undefined) return letter;
      const stop = clock.after(patienceMs, late);
      try {
        return await new Promise<Letter>((resolve) => {
          waiting = resolve;
        });
      } finally {
        stop();
      }
    },
  };
}
