// Whether a log's key has signed what its store does not hold: a backup was restored, or another log was put in place. DESIGN § 7.
import { checkHighWater, type HighWater, LedgerError, logReader, type Store } from "@fiducial/ledger";

/** Tells it without throwing. */
export function isBehind(store: Store, highWater: HighWater): boolean {
  try {
    checkHighWater(store, logReader(store), highWater);
    return false;
  } catch (thrown) {
    if (thrown instanceof LedgerError && thrown.code === "BACKUP_TOO_OLD") return true;
    throw thrown;
  }
}
