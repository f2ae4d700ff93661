// Whether a store holds what its log's key has signed: all of it, not the end of it, or a tree that is another. DESIGN § 7.
import { checkHighWater, type HighWater, LedgerError, logReader, type Store } from "@fiducial/ledger";

/** `whole`: it holds all of it. `too-old`: it has fewer entries. `other`: it has as many, and its tree is another, by damage or by history. */
export type SignedStanding = "whole" | "too-old" | "other";

/** Tells it without throwing. */
export function signedStanding(store: Store, highWater: HighWater): SignedStanding {
  try {
    checkHighWater(store, logReader(store), highWater);
    return "whole";
  } catch (thrown) {
    if (thrown instanceof LedgerError && thrown.code === "BACKUP_TOO_OLD") return "too-old";
    if (thrown instanceof LedgerError && thrown.code === "SIGNED_ROOT_DIFFERS") return "other";
    throw thrown;
  }
}
