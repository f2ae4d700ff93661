// Puts messages together: a command set in fragments, then perhaps a data set in fragments, of which each is passed on. DICOM PS3.7 § 6.3.1, PS3.8 Annex E.
import { concat } from "@fiducial/core";
import { type CommandSet, noDataSet, readCommandSet } from "./command-set.ts";
import { type AbortReason, abortReasons, type Fragment } from "./pdu.ts";

/** What of a message has come. */
export type MessageState =
  | { readonly name: "none" }
  | {
      readonly name: "command";
      readonly contextId: number;
      readonly parts: readonly Uint8Array[];
      readonly size: number;
    }
  | { readonly name: "data"; readonly contextId: number };

/** A part of a message for whom it is for. */
export type MessageDelivery =
  | { readonly type: "command"; readonly contextId: number; readonly command: CommandSet; readonly hasDataSet: boolean }
  /** A view of what came. */
  | { readonly type: "data"; readonly bytes: Uint8Array; readonly isLast: boolean };

/** What a fragment does: it goes on, and perhaps there is something to deliver; or it has no place here. */
export type MessageStep =
  | { readonly state: MessageState; readonly delivery?: MessageDelivery }
  | { readonly fault: AbortReason };

/** No message has begun. */
export const noMessage: MessageState = { name: "none" };

/** Takes a fragment. One message ends before the next begins, and a data set comes in the context of its command. */
export function takeFragment(state: MessageState, fragment: Fragment, mostCommandBytes: number): MessageStep {
  const { contextId, isCommand, bytes, isLast } = fragment;
  const isInPlace =
    state.name === "none" ? isCommand : state.contextId === contextId && isCommand === (state.name === "command");
  if (!isInPlace) return { fault: abortReasons.unexpectedParameter };
  if (state.name === "data") return { state: isLast ? noMessage : state, delivery: { type: "data", bytes, isLast } };
  const before = state.name === "none" ? { parts: [], size: 0 } : state;
  const size = before.size + bytes.length;
  if (size > mostCommandBytes) return { fault: abortReasons.invalidParameter };
  // A copy: what is kept of a piece would keep all of it.
  const parts = bytes.length === 0 ? before.parts : [...joined(before.parts), bytes.slice()];
  if (!isLast) return { state: { name: "command", contextId, parts, size } };
  return behindCommand(contextId, concat(...parts));
}

function behindCommand(contextId: number, bytes: Uint8Array): MessageStep {
  const command = readCommandSet(bytes);
  if (command?.commandField === undefined || command.commandDataSetType === undefined)
    return { fault: abortReasons.invalidParameter };
  const hasDataSet = command.commandDataSetType !== noDataSet;
  const state: MessageState = hasDataSet ? { name: "data", contextId } : noMessage;
  return { state, delivery: { type: "command", contextId, command, hasDataSet } };
}

// A command that comes byte by byte is still one of a few parts.
function joined(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  return parts.length < 32 ? parts : [concat(...parts)];
}
