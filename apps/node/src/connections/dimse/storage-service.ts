// What the SCP does with messages: echoes are answered, objects are stored, all else is refused by its status. DICOM PS3.7 § 9.1, PS3.4 Annexes A and B.
import { isUid } from "@fiducial/dicom";
import {
  type AcceptorDelivery,
  type CommandSet,
  commandFields,
  noDataSet,
  type ReceivedObject,
  statuses,
  verificationClass,
} from "@fiducial/dicom/dimse";
import type { StoreAnswer, StoreOperation } from "./store-operation.ts";

/** What a message is answered with; nothing for one that has no answer. "abort" for one that has no place here. */
export type Reply = CommandSet | "abort" | undefined;

/** A presentation context that was accepted. */
export interface AcceptedContext {
  readonly abstractSyntax: string;
  readonly transferSyntax: string;
}

/** Serves one association. One message at a time: asynchronous operations are not offered. */
export interface StorageService {
  /** Takes a command or a piece of a data set. Returns the reply, or something to wait for; the next must not come before. */
  take(delivery: Extract<AcceptorDelivery, { type: "command" | "data" }>): Promise<Reply> | Reply;
  /** Whether the data set of an object is coming in. */
  isStoring(): boolean;
  /** The association has ended: resolves when nothing is left of what was not whole. */
  end(): Promise<void>;
}

type Command = Extract<AcceptorDelivery, { type: "command" }>;

/** What becomes of the data set that is coming. */
type Incoming =
  | { readonly command: CommandSet; readonly store: StoreOperation }
  /** It is passed over, and then answered. */
  | { readonly reply: Reply };

/** Opens a service. `line` hears of echoes, and of objects that are refused before their data set is looked at. */
export function storageService(
  contexts: ReadonlyMap<number, AcceptedContext>,
  begin: (object: Pick<ReceivedObject, "sopClassUid" | "sopInstanceUid" | "transferSyntaxUid">) => StoreOperation,
  line: { works(): void; refused(code: string): void },
): StorageService {
  let incoming: Incoming | undefined;

  function judge(delivery: Command): Incoming {
    const { command, contextId, hasDataSet } = delivery;
    const { commandField = 0, messageId } = command;
    if (commandField === commandFields.cancel) return { reply: undefined };
    const isResponse = (commandField & commandFields.response) !== 0;
    const context = contexts.get(contextId);
    if (isResponse || messageId === undefined || context === undefined) return { reply: "abort" };
    const fault = faultOf(command, context, hasDataSet);
    if (fault !== undefined) {
      if (commandField === commandFields.store) line.refused(fault.code ?? "OBJECT_MISMATCHED");
      return { reply: replyTo(command, fault) };
    }
    if (commandField === commandFields.echo) {
      line.works();
      return { reply: replyTo(command, { status: statuses.success }) };
    }
    const { affectedSopClassUid: sopClassUid = "", affectedSopInstanceUid: sopInstanceUid = "" } = command;
    return { command, store: begin({ sopClassUid, sopInstanceUid, transferSyntaxUid: context.transferSyntax }) };
  }

  async function answer({ command, store }: Extract<Incoming, { store: unknown }>): Promise<Reply> {
    return replyTo(command, await store.end());
  }

  function takeData(bytes: Uint8Array, isLast: boolean): Promise<Reply> | Reply {
    const current = incoming;
    if (current === undefined) return "abort";
    if (!("store" in current)) {
      if (!isLast) return undefined;
      incoming = undefined;
      return current.reply;
    }
    const room = bytes.length === 0 ? undefined : current.store.write(bytes);
    if (!isLast) return room?.then(() => undefined);
    incoming = undefined;
    return answer(current);
  }

  return {
    take: (delivery) => {
      if (delivery.type === "data") return takeData(delivery.bytes, delivery.isLast);
      const judged = judge(delivery);
      if ("reply" in judged && (judged.reply === "abort" || !delivery.hasDataSet)) return judged.reply;
      incoming = judged;
      return undefined;
    },
    isStoring: () => incoming !== undefined && "store" in incoming,
    end: async () => {
      const left = incoming;
      incoming = undefined;
      if (left !== undefined && "store" in left) await left.store.drop();
    },
  };
}

/** What is wrong with a command, before its data set is looked at. */
function faultOf(
  command: CommandSet,
  { abstractSyntax }: AcceptedContext,
  hasDataSet: boolean,
): StoreAnswer | undefined {
  const { commandField, affectedSopClassUid, affectedSopInstanceUid = "" } = command;
  const isEcho = commandField === commandFields.echo;
  if (!isEcho && commandField !== commandFields.store) return { status: statuses.unrecognizedOperation };
  if (affectedSopClassUid !== abstractSyntax || isEcho !== (abstractSyntax === verificationClass))
    return { status: statuses.sopClassNotSupported };
  if (isEcho) return undefined;
  if (!isUid(affectedSopInstanceUid)) return { status: statuses.invalidSopInstance, code: "UID_MALFORMED" };
  return hasDataSet ? undefined : { status: statuses.cannotUnderstand, code: "EMPTY_FILE" };
}

// PS3.7 § 9.3.1.2 and § 9.3.5.2; table C: the comment belongs to what is no success.
function replyTo(command: CommandSet, { status, code }: StoreAnswer): CommandSet {
  const { affectedSopClassUid, affectedSopInstanceUid, commandField = 0, messageId = 0 } = command;
  const isStore = commandField === commandFields.store;
  return {
    ...(affectedSopClassUid === undefined ? {} : { affectedSopClassUid }),
    commandField: commandField | commandFields.response,
    messageIdBeingRespondedTo: messageId,
    commandDataSetType: noDataSet,
    status,
    ...(code === undefined ? {} : { errorComment: code.slice(0, 64) }),
    ...(isStore && affectedSopInstanceUid !== undefined ? { affectedSopInstanceUid } : {}),
  };
}
