// Logs that a recovery has ended, noted beside the keys: a copy of such a log from before must not go on under its old name.
import { join } from "node:path";
import { isJsonObject } from "@fiducial/core";
import { LedgerError } from "@fiducial/ledger";
import { readJsonFile, replaceFile } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";

const format = "fiducial-ended-logs-v1";
const fileOf = (keys: string): string => join(keys, "ended-logs.json");

/** Notes that `successor` goes on where the log `origin` ended. Durable when it returns. */
export function noteEnded(keys: string, origin: string, successor: string): void {
  const ended = { ...successors(keys), [origin]: successor };
  replaceFile(fileOf(keys), `${JSON.stringify({ ended, format })}\n`);
}

/** The log that went on where the log `origin` was ended, if it was. Throws KEYS_MISSING when that cannot be told. */
export function successorOf(keys: string, origin: string): string | undefined {
  const successor = successors(keys)[origin];
  return typeof successor === "string" ? successor : undefined;
}

/** The log that goes on now where the log `origin` was ended, be it after further recoveries. Throws KEYS_MISSING when that cannot be told. */
export function lastSuccessorOf(keys: string, origin: string): string | undefined {
  const seen = new Set([origin]);
  let last: string | undefined;
  for (let next = successorOf(keys, origin); next !== undefined && !seen.has(next); next = successorOf(keys, next)) {
    seen.add(next);
    last = next;
  }
  return last;
}

/** Throws LOG_ENDED when the log `origin` was ended under these keys, KEYS_MISSING when that cannot be told. */
export function checkNotEnded(keys: string, origin: string): void {
  if (successors(keys)[origin] === undefined) return;
  throw new NodeError("LOG_ENDED", { successor: lastSuccessorOf(keys, origin) ?? "another log" });
}

/** Watches whether the log `origin` is ended under these keys while it is open: by somebody who did not see that they are held. */
export function ownership(keys: string, origin: string): Ownership {
  const hasSuccessor = () => successors(keys)[origin] !== undefined;
  const isLost = () => {
    try {
      return hasSuccessor();
    } catch {
      return false;
    }
  };
  const stopWhen = (ended: () => boolean) => () => {
    if (ended()) throw new LedgerError("LOG_ENDED");
  };
  return { isLost, check: stopWhen(hasSuccessor), checkKnown: stopWhen(isLost) };
}

/** Whether a log is still this node's to go on with. */
export interface Ownership {
  /** False when that cannot be told. */
  isLost(): boolean;
  /** Throws LOG_ENDED when it is not, KEYS_MISSING when that cannot be told: before each signature. */
  check(): void;
  /** Throws LOG_ENDED when it is known not to be: before each batch, since a disk that is away for a moment must not stop the log for good. */
  checkKnown(): void;
}

function successors(keys: string): Readonly<Record<string, unknown>> {
  try {
    const json = readJsonFile(fileOf(keys));
    if (json === undefined) return {};
    const ended = isJsonObject(json) && json["format"] === format ? json["ended"] : undefined;
    if (!isJsonObject(ended)) throw new SyntaxError("No list of logs.");
    return ended;
  } catch (thrown) {
    throw new NodeError("KEYS_MISSING", { file: "ended-logs.json" }, thrown);
  }
}
