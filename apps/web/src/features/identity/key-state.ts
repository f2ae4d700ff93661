// How a key stands: in use, or why it ended.
import type { Actor, ActorKey } from "@fiducial/api";
import type { Messages } from "../../i18n/messages.ts";

/** How a key stands. */
export type KeyState = keyof Messages["identity"]["one"]["states"];

const endings: ReadonlySet<string> = new Set(["superseded", "lost", "ceased", "compromised"]);

/** Tells how a key stands. A retired owner's keys sign nothing any more, whatever became of them. */
export function keyStateOf(key: ActorKey, { retiredBy }: Pick<Actor, "retiredBy">): KeyState {
  if (key.compromisedSince !== undefined) return "compromised";
  if (key.endedBy === undefined) return retiredBy === undefined ? "used" : "retired";
  return endings.has(key.reason ?? "") ? (key.reason as KeyState) : "ended";
}

/** Names an algorithm: a passkey is one, whatever its curve. */
export function algorithmName(algorithm: string, words: Messages["identity"]["one"]["algorithms"]): string {
  const [, curve] = /^WebAuthn-(.+)$/.exec(algorithm) ?? [];
  return curve === undefined ? algorithm : words.passkey(curve);
}
