// The PACS behind as lines of the log: when it goes and when it is back, and each object that it does not give as it was registered.
import type { ConnectionBoard } from "../connections/connection-board.ts";
import type { ConnectionStanding } from "../connections/connection-standing.ts";
import type { NodeLog } from "./log.ts";

/** Follows the PACS on the board. Returns what ends it. */
export function watchPacs(board: ConnectionBoard, log: NodeLog): () => void {
  let known: Pick<ConnectionStanding, "state" | "refused"> = { state: "idle", refused: 0 };
  return board.onChange(() => {
    const row = board.list().find(({ type }) => type === "pacs");
    if (row === undefined) return;
    const { state, refused, lastError } = row;
    const isOther = state !== known.state;
    const isDiffering = refused > known.refused;
    known = { state, refused };
    if (isDiffering) log.write("pacs.copy-differs", { code: lastError?.code });
    if (isOther && state === "failed") log.write("pacs.failed", { code: lastError?.code });
    if (isOther && state === "works") log.write("pacs.works", {});
  });
}
