// Logs that recoveries ended: read, proved and audited as before, and never written to again. docs/decisions, "A recovered node begins a new log".
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { type VerifierKey, verifierKey } from "@fiducial/core";
import { differencePath, logReader, openStore, putAwayStore, type Store } from "@fiducial/ledger";
import { foldedEntries, type Projection } from "@fiducial/projection";
import { type KeyProtector, type Keyring, openKeyring } from "@fiducial/vault";
import { type DataFolder, type FolderIdentity, firstOrigin } from "../folder/data-folder.ts";
import { syncFolder } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";
import { successorOf } from "./ended-origins.ts";
import { openKeptProjection } from "./kept-projection.ts";
import type { KeptLog } from "./logs.ts";

/** The folder of a log's key: that of all keys for the first log, one beneath for each successor. Policies name each key once, so each log has its own. */
function logKeysFolder(keys: string, identity: FolderIdentity, origin: string): string {
  return origin === firstOrigin(identity) ? keys : join(keys, "logs", origin.replaceAll("/", "-"));
}

/** The keyring with a log's key. */
export function logKeyring(keys: string, identity: FolderIdentity, origin: string, protector: KeyProtector): Keyring {
  return openKeyring(logKeysFolder(keys, identity, origin), protector);
}

/** How many entries the keys have signed in logs that went on in the place of the log `origin`, in whatever folder. */
export function signedSince(keys: string, identity: FolderIdentity, origin: string, protector: KeyProtector): number {
  const seen = new Set([origin]);
  let signed = 0;
  for (let next = successorOf(keys, origin); next !== undefined && !seen.has(next); next = successorOf(keys, next)) {
    seen.add(next);
    // One that was never opened has no keys yet, and asking would make their folder.
    if (existsSync(logKeysFolder(keys, identity, next)))
      signed += logKeyring(keys, identity, next, protector).highWater(next).read()?.size ?? 0;
  }
  return signed;
}

/** Puts the last predecessor's files where ended logs are, as far as a recovery has not done so yet. */
export function putAwayPredecessor({ endedLogs, ledger, projection, identity }: DataFolder): void {
  const number = identity.predecessors?.length ?? 0;
  const target = join(endedLogs, String(number));
  if (number === 0 || existsSync(target)) return;
  // The folder gets its name when it is whole: a new ledger is made only after that, so that none is mistaken for the old one.
  const partial = `${target}.partial`;
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  if (existsSync(ledger)) {
    putAwayStore(ledger);
    renameSync(ledger, join(partial, "ledger.db"));
    // Beside the ledger that comes after it would be taken for that one's.
    const record = differencePath(ledger);
    if (existsSync(record)) renameSync(record, differencePath(join(partial, "ledger.db")));
  }
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(projection + suffix)) renameSync(projection + suffix, join(partial, `projection.db${suffix}`));
  }
  syncFolder(partial);
  renameSync(partial, target);
  syncFolder(endedLogs);
}

/** Opens the ended logs of a folder, the oldest first; one that was lost whole is left out. `closing` is told how to close them. */
export async function openEndedLogs(
  { endedLogs, keys, identity }: DataFolder,
  protector: KeyProtector,
  closing: { push(close: () => void): unknown },
): Promise<KeptLog[]> {
  const logs: KeptLog[] = [];
  for (const [at, { origin }] of (identity.predecessors ?? []).entries()) {
    const folder = join(endedLogs, String(at + 1));
    const path = join(folder, "ledger.db");
    if (!existsSync(path)) continue;
    const store = openStore(path, { readOnly: true });
    closing.push(() => store.close());
    if (store.head().edge.size === 0) continue;
    const projection = openKeptProjection(join(folder, "projection.db"));
    closing.push(() => projection.close());
    const { publicKey } = await logKeyring(keys, identity, origin, protector).existingSigner("log");
    logs.push(endedLog(origin, store, projection, verifierKey(origin, "ed25519", publicKey.bytes)));
  }
  return logs;
}

function endedLog(origin: string, store: Store, projection: Projection, key: VerifierKey): KeptLog {
  return {
    origin,
    store,
    projection,
    key,
    reader: logReader(store),
    caughtUp: async () => foldAll(store, projection),
    latest: () => store.latestCheckpoint(),
    covering: async (size) => {
      const published = store.checkpointFrom(size);
      if (published === undefined) throw new NodeError("CHECKPOINT_MISSING", { size });
      return published;
    },
  };
}

const chunk = 500;

// Between two chunks others get their turn.
async function foldAll(store: Store, projection: Projection): Promise<void> {
  const { size } = store.head().edge;
  for (let from = projection.appliedSize(); from < size; from = projection.appliedSize()) {
    projection.apply(foldedEntries(from, store.entries(from, from + chunk)));
    await new Promise(setImmediate);
  }
}
