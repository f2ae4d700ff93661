// Recovering from a ledger that is older than what its key has signed: the log ends where it is, and a successor goes on. DESIGN § 7.
import { type HighWater, openStore } from "@fiducial/ledger";
import {
  type DataFolder,
  newOrigin,
  openDataFolder,
  type PredecessorLog,
  writeIdentity,
} from "../folder/data-folder.ts";
import { protectorIn } from "../folder/key-protector.ts";
import { holdKeys } from "../folder/keys-hold.ts";
import { logKeyring, signedSince } from "../logs/ended-logs.ts";
import { lastSuccessorOf, noteEnded } from "../logs/ended-origins.ts";
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
  /** How many entries that were signed are not here, those of a log included that another recovery began in this one's place. */
  readonly lost: number;
}

/**
 * Ends the log of a data folder whose key has signed more than is here, or something else. Its entries stay, are verified, proved and audited
 * as before; nothing is signed under its origin any more. `mayEnd` is told what is about to end, while nobody else can sign; what it throws leaves all as
 * it is. A log that was ended before is ended again only when the log is named that goes on in its place, and is lost (else LOG_ENDED). Throws that, RECOVERY_NOT_NEEDED, FOLDER_* codes, KEYS_IN_USE, KEYS_MISSING.
 */
export function recover(options: RecoverySite, mayEnd: (ending: EndingLog) => void = () => {}): Recovery {
  return withEndingLog(options, (folder, ending, signed) => {
    mayEnd(ending);
    const { identity, keys, path } = folder;
    const { origin, predecessors = [] } = identity;
    const predecessor = { origin, size: signed.size, rootHash: signed.rootHash };
    const successor = newOrigin();
    noteEnded(keys, origin, successor);
    // From here on the folder has another log; the files follow when it is opened.
    writeIdentity(path, { ...identity, origin: successor, predecessors: [...predecessors, predecessor] });
    return { origin: successor, predecessor, held: ending.held, lost: ending.lost };
  });
}

/** Tells why the log would end and what is lost then, throws what `recover` throws, and changes nothing: to be asked before somebody is asked for a yes. */
export function checkRecovery(options: RecoverySite): EndingLog {
  return withEndingLog(options, (_folder, ending) => ending);
}

/** What a recovery would end. */
export interface EndingLog {
  readonly reason: RecoveryReason;
  /** How many entries are here. */
  readonly held: number;
  /** How many the log's key has signed, as far as is known. */
  readonly signed: number;
  /** How many of those that were signed are not here, those of a log included that another recovery began in this one's place. */
  readonly lost: number;
}

/** `too-old`: entries are lost. `other`: the tree is not the one that was signed, which may be damage that a backup mends. */
export type RecoveryReason = Exclude<SignedStanding, "whole">;

/** The folder of a log that is to end, and its keys. */
export interface RecoverySite {
  readonly data: string;
  readonly keys?: string | undefined;
  /** The origin of the log that went on where this one was ended, and is lost for good. */
  readonly insteadOf?: string | undefined;
}

type Signed = NonNullable<ReturnType<HighWater["read"]>>;

function withEndingLog<Result>(
  options: RecoverySite,
  work: (folder: DataFolder, ending: EndingLog, signed: Signed) => Result,
): Result {
  const folder = openDataFolder({ ...options, create: false });
  const release = [folder.release];
  try {
    const { identity, keys, ledger, path } = folder;
    release.push(holdKeys(keys, path, false));
    const { origin } = identity;
    const successor = lastSuccessorOf(keys, origin);
    if (successor !== undefined && successor !== options.insteadOf) throw new NodeError("LOG_ENDED", { successor });
    const protector = protectorIn(keys, false);
    const highWater = logKeyring(keys, identity, origin, protector).highWater(origin);
    const signed = highWater.read();
    const store = openStore(ledger);
    try {
      const reason = signed === undefined ? "whole" : signedStanding(store, highWater);
      if (signed === undefined || reason === "whole") throw new NodeError("RECOVERY_NOT_NEEDED");
      const held = store.head().edge.size;
      const lost = Math.max(0, signed.size - held) + signedSince(keys, identity, origin, protector);
      return work(folder, { reason, held, signed: signed.size, lost }, signed);
    } finally {
      store.close();
    }
  } finally {
    for (const one of release.reverse()) one();
  }
}
