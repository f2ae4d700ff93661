// Recovering from a ledger that is older than what its key has signed: the log ends where it is, and a successor goes on. DESIGN § 7.
import { type HighWater, openStore, type Store } from "@fiducial/ledger";
import {
  type DataFolder,
  newOrigin,
  openDataFolder,
  type PredecessorLog,
  writeIdentity,
} from "../folder/data-folder.ts";
import { protectorIn } from "../folder/key-protector.ts";
import { holdKeys } from "../folder/keys-hold.ts";
import { logKeyring } from "../logs/ended-logs.ts";
import { noteEnded } from "../logs/ended-origins.ts";
import { type SignedStanding, signedStanding } from "../logs/signed-standing.ts";
import { NodeError } from "../node-error.ts";

/** What a recovery ended. The new log is founded when the folder is opened next. */
export interface Recovery {
  /** The new log. */
  readonly origin: string;
  /** What the new log's entry 0 cites: the furthest that the ended log's key has signed. */
  readonly predecessor: PredecessorLog;
  /** How many entries of the ended log are here; those from there on are lost. */
  readonly held: number;
  /** How many entries that were signed are not here. */
  readonly lost: number;
}

/**
 * Ends the log of a data folder whose key has signed more than is here, or something else. Its entries stay, are verified, proved and audited
 * as before; nothing is signed under its origin any more. Throws RECOVERY_NOT_NEEDED, FOLDER_* codes, KEYS_IN_USE, KEYS_MISSING.
 */
export function recover(options: RecoverySite): Recovery {
  return withEndingLog(options, (folder, store, signed) => {
    const { identity, keys, path } = folder;
    const { origin, predecessors = [] } = identity;
    const predecessor = { origin, size: signed.size, rootHash: signed.rootHash };
    const successor = newOrigin();
    noteEnded(keys, origin, successor);
    // From here on the folder has another log; the files follow when it is opened.
    writeIdentity(path, { ...identity, origin: successor, predecessors: [...predecessors, predecessor] });
    const held = store.head().edge.size;
    return { origin: successor, predecessor, held, lost: lostOf(held, signed) };
  });
}

/** Tells why the log would end and what is lost then, throws what `recover` throws, and changes nothing: to be asked before somebody is asked for a yes. */
export function checkRecovery(options: RecoverySite): EndingLog {
  return withEndingLog(options, (_folder, store, signed, reason) => {
    const held = store.head().edge.size;
    return { reason, held, signed: signed.size, lost: lostOf(held, signed) };
  });
}

/** What a recovery would end. */
export interface EndingLog {
  readonly reason: RecoveryReason;
  /** How many entries are here. */
  readonly held: number;
  /** How many the log's key has signed, as far as is known. */
  readonly signed: number;
  /** How many of those that were signed are not here. */
  readonly lost: number;
}

/** `too-old`: entries are lost. `other`: the tree is not the one that was signed, which may be damage that a backup mends. */
export type RecoveryReason = Exclude<SignedStanding, "whole">;

/** The folder of a log that is to end, and its keys. */
export interface RecoverySite {
  readonly data: string;
  readonly keys?: string | undefined;
}

function lostOf(held: number, { size }: Signed): number {
  return Math.max(0, size - held);
}

type Signed = NonNullable<ReturnType<HighWater["read"]>>;

function withEndingLog<Result>(
  options: RecoverySite,
  work: (folder: DataFolder, store: Store, signed: Signed, reason: RecoveryReason) => Result,
): Result {
  const folder = openDataFolder({ ...options, create: false });
  const release = [folder.release];
  try {
    const { identity, keys, ledger, path } = folder;
    release.push(holdKeys(keys, path, false));
    const highWater = logKeyring(keys, identity, identity.origin, protectorIn(keys, false)).highWater(identity.origin);
    const signed = highWater.read();
    const store = openStore(ledger);
    try {
      const standing = signed === undefined ? "whole" : signedStanding(store, highWater);
      if (signed === undefined || standing === "whole") throw new NodeError("RECOVERY_NOT_NEEDED");
      return work(folder, store, signed, standing);
    } finally {
      store.close();
    }
  } finally {
    for (const one of release.reverse()) one();
  }
}
