// Whether a log has stopped: an error after which nothing is written, or nothing signed, until the node is started again.
import type { LedgerError, LedgerErrorCode } from "@fiducial/ledger";
import type { Ownership } from "./ended-origins.ts";

/** What has stopped, and on which error. */
export interface Stops {
  readonly replica?: LedgerErrorCode;
  readonly publication?: LedgerErrorCode;
  /** A recovery of another copy ended the log: it stays stopped. */
  readonly ended?: true;
}

/** Something that may stop: `stopped` resolves with the error, or with undefined when it was closed. */
export interface Stoppable {
  readonly stopped: Promise<LedgerError | undefined>;
}

/** Watches a log's two halves, and whether it was ended elsewhere; what is returned tells how they are. */
export function watchStops(
  replica: Stoppable,
  publication: Stoppable,
  { isLost }: Pick<Ownership, "isLost">,
): () => Stops {
  let stops: Stops = {};
  const note = (name: keyof Stops) => (error: LedgerError | undefined) => {
    if (error !== undefined) stops = { ...stops, [name]: error.code };
  };
  void replica.stopped.then(note("replica"));
  void publication.stopped.then(note("publication"));
  return () => (isLost() ? { ...stops, ended: true } : stops);
}
