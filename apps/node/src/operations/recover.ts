// Recovering from a ledger that is older than what its key has signed: the log ends where it is, and a successor goes on. DESIGN § 7.
import { openStore } from "@fiducial/ledger";
import { newOrigin, openDataFolder, type PredecessorLog, writeIdentity } from "../folder/data-folder.ts";
import { protectorIn } from "../folder/key-protector.ts";
import { isBehind } from "../logs/behind.ts";
import { logKeyring } from "../logs/ended-logs.ts";
import { noteEnded } from "../logs/ended-origins.ts";
import { NodeError } from "../node-error.ts";

/** What a recovery ended. The new log is founded when the folder is opened next. */
export interface Recovery {
  /** The new log. */
  readonly origin: string;
  /** What the new log's entry 0 cites: the furthest that the ended log's key has signed. */
  readonly predecessor: PredecessorLog;
  /** How many entries of the ended log are here; those from there on are lost. */
  readonly held: number;
}

/**
 * Ends the log of a data folder whose key has signed more than is here, or something else. Its entries stay, are verified, proved and audited
 * as before; nothing is signed under its origin any more. Throws RECOVERY_NOT_NEEDED, FOLDER_* codes, KEYS_MISSING.
 */
export function recover(options: { readonly data: string; readonly keys?: string | undefined }): Recovery {
  const folder = openDataFolder({ ...options, create: false });
  try {
    const { identity, keys, ledger, path } = folder;
    const { origin, predecessors = [] } = identity;
    const highWater = logKeyring(keys, identity, origin, protectorIn(keys, false)).highWater(origin);
    const signed = highWater.read();
    const store = openStore(ledger);
    try {
      if (signed === undefined || !isBehind(store, highWater)) throw new NodeError("RECOVERY_NOT_NEEDED");
      const predecessor = { origin, size: signed.size, rootHash: signed.rootHash };
      const successor = newOrigin();
      noteEnded(keys, origin, successor);
      // From here on the folder has another log; the files follow when it is opened.
      writeIdentity(path, { ...identity, origin: successor, predecessors: [...predecessors, predecessor] });
      return { origin: successor, predecessor, held: store.head().edge.size };
    } finally {
      store.close();
    }
  } finally {
    folder.release();
  }
}
