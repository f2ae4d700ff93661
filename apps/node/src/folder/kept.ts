// What a data folder keeps, opened: ledger, ended logs, vault, objects, and the keys that open and sign them.
import { join } from "node:path";
import { checkHighWater, type HighWater, type LogReader, logReader, openStore, type Store } from "@fiducial/ledger";
import type { Vault } from "@fiducial/vault";
import { openEndedLogs, putAwayPredecessor } from "../logs/ended-logs.ts";
import { checkNotEnded, type Ownership, ownership } from "../logs/ended-origins.ts";
import type { KeptLog } from "../logs/logs.ts";
import { type ObjectStore, openObjectStore } from "../objects/object-store.ts";
import { openReleasedMarks, releasedFile } from "../objects/released-marks.ts";
import { openErasedVault } from "../operations/erased-vault.ts";
import { type ErasureRegister, openErasureRegister } from "../operations/erasure-register.ts";
import type { DataFolder } from "./data-folder.ts";
import { holdKeys } from "./keys-hold.ts";
import { type NodeKeys, openNodeKeys } from "./node-keys.ts";

/** A folder's contents. */
export interface Kept extends NodeKeys {
  readonly store: Store;
  readonly reader: LogReader;
  /** Whether the log has no entry yet. */
  readonly isNew: boolean;
  readonly highWater: HighWater;
  readonly ownership: Ownership;
  readonly ended: readonly KeptLog[];
  readonly objects: ObjectStore;
  readonly erasures: ErasureRegister;
  readonly vault: Vault;
}

/** Opens them, checks that the ledger is not older than its key, and erases what an older copy brought back. What is opened is closed by `closing`, the last first. Throws NodeError, LedgerError, VaultError. */
export async function openKept(folder: DataFolder, closing: (() => void | Promise<void>)[]): Promise<Kept> {
  const { origin } = folder.identity;
  putAwayPredecessor(folder);
  const store = openStore(folder.ledger);
  closing.push(() => store.close());
  const isNew = store.head().edge.size === 0;
  // Held before anything is read there: what another process notes meanwhile would be missed.
  closing.push(holdKeys(folder.keys, folder.path, isNew && folder.identity.predecessors === undefined));
  checkNotEnded(folder.keys, origin);
  const keys = openNodeKeys(folder, isNew);
  const reader = logReader(store);
  const highWater = keys.logKeys.highWater(origin);
  checkHighWater(store, reader, highWater);
  const ended = await openEndedLogs(folder, keys.protector, closing);

  const released = openReleasedMarks(join(folder.path, releasedFile));
  closing.push(() => released.close());
  const objects = openObjectStore(folder.objects, released);
  const erasures = openErasureRegister(folder.keys);
  const stores = [store, ...ended.map((log) => log.store)];
  const vault = await openErasedVault({ path: folder.vault, protector: keys.protector, stores, erasures, objects });
  closing.push(() => vault.close());
  return {
    ...keys,
    store,
    reader,
    isNew,
    highWater,
    ownership: ownership(folder.keys, origin),
    ended,
    objects,
    erasures,
    vault,
  };
}
