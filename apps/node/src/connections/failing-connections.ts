// Which connections fail of those that the configuration names. Who else calls, and is refused, is no connection that fails.
import type { ConnectionBoard } from "./connection-board.ts";
import type { ConnectionStanding } from "./connection-standing.ts";

/** Lists them, by id. */
export function failingConnections(board: Pick<ConnectionBoard, "list">): ConnectionStanding[] {
  return board.list().filter(({ state, configured }) => state === "failed" && configured === true);
}
