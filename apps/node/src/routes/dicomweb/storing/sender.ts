// Who sends by STOW-RS, as a line on the board of connections.
import type { Caller } from "../../../authorization/caller.ts";
import type { Connection } from "../../../connections/connection-standing.ts";

/** The connection of a caller: one for each who may send. */
export function senderOf(caller: Caller): Connection {
  if (caller.type !== "person" && caller.type !== "machine")
    return { id: `stow:${caller.type}`, type: "stow", name: "STOW-RS, this machine" };
  return { id: `stow:${idOf(caller.subject)}`, type: "stow", name: `STOW-RS, ${caller.name}` };
}

// An id on the board has few characters.
function idOf(subject: string): string {
  return subject
    .toLowerCase()
    .replace(/[^a-z0-9._-]/g, "-")
    .slice(0, 64);
}
