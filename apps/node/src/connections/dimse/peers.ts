// Systems that can be called: each is on the board from the start, and tested by a C-ECHO. DICOM PS3.4 Annex A.
import type { ConnectionBoard } from "../connection-board.ts";
import { callerLineId } from "./caller-lines.ts";
import { echo } from "./echo.ts";
import type { DimsePeer } from "./requested-association.ts";

/** A system that can be called, and what an operator calls it: [a-z0-9-]. */
export interface PeerOptions extends DimsePeer {
  readonly id: string;
}

/** For each of the four answers that an echo takes: a page waits for it. */
const answerMs = 5000;

/** Puts them on the board. One that sends, too, has one line for both: to be called before anybody sends. */
export function putPeers(board: Pick<ConnectionBoard, "line">, peers: readonly PeerOptions[]): void {
  const titles = new Set<string>();
  for (const { id, ...peer } of peers) {
    // Two systems of one title are told apart by what they are called here.
    const lineId = titles.has(peer.calledAe) ? `dimse:-peer:${id}` : callerLineId(peer.calledAe);
    titles.add(peer.calledAe);
    const place = { host: peer.host, port: peer.port, tls: peer.tls !== undefined };
    const line = board.line({ id: lineId, type: "dimse", name: nameOf(id, peer.calledAe), place, configured: true });
    line.testedBy(() => echo({ timeoutMs: answerMs, ...peer }));
  }
}

function nameOf(id: string, aeTitle: string): string {
  return id === aeTitle.toLowerCase() ? aeTitle : `${aeTitle} (${id})`;
}
