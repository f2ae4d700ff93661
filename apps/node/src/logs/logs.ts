// The logs of one folder: the one that grows, and those that recoveries ended. What stands on an ended one goes on being proved.
import type { VerifierKey } from "@fiducial/core";
import type { LogReader, Published, Store } from "@fiducial/ledger";
import type { Projection } from "@fiducial/projection";

/** One log of a folder. */
export interface KeptLog {
  readonly origin: string;
  readonly store: Store;
  readonly reader: LogReader;
  readonly projection: Projection;
  /** Under which its checkpoints verify. */
  readonly key: VerifierKey;
  /** Resolves when the projection holds `size` entries; everything, unless told. */
  caughtUp(size?: number): Promise<void>;
  /** The newest checkpoint that may leave the house. */
  latest(): Published | undefined;
  /** A checkpoint that covers `size` entries. Rejects with CHECKPOINT_MISSING when the log ended before one was signed. */
  covering(size: number): Promise<Published>;
}

/** A statement's place. */
export interface LogPlace {
  readonly log: KeptLog;
  readonly index: number;
}

export interface Logs {
  readonly current: KeptLog;
  /** The oldest first. */
  readonly ended: readonly KeptLog[];
  /** The newest first. */
  readonly all: readonly KeptLog[];
  /** Where an accepted statement stands. */
  placeOf(statement: string): LogPlace | undefined;
}

/** Puts a folder's logs together. */
export function logsOf(current: KeptLog, ended: readonly KeptLog[]): Logs {
  const all = [current, ...ended.toReversed()];
  return {
    current,
    ended,
    all,
    placeOf: (statement) => {
      for (const log of all) {
        const index = log.store.indexOf(statement);
        if (index !== undefined) return { log, index };
      }
      return undefined;
    },
  };
}
