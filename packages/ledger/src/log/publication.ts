// Checkpoints of one log: signed after durability, stored before publication, never behind what the key has signed before. DESIGN § 7.
import {
  equalBytes,
  formatSignedCheckpoint,
  fromHex,
  type NoteSignature,
  type NoteSigner,
  parseSignedCheckpoint,
  signCheckpoint,
  toHex,
  treeRoot,
  withSignatures,
} from "@fiducial/core";
import { asLedgerError, asStoreError, LedgerError } from "../ledger-error.ts";
import type { Store } from "../store/store.ts";
import type { LogReader } from "./log-reader.ts";

/** The furthest head that a log key has signed. It lives with the key, outside data folder and backups. */
export interface HighWater {
  read(): { readonly size: number; readonly rootHash: string } | undefined;
  /** Durable when it returns. */
  write(head: { readonly size: number; readonly rootHash: string }): void;
}

export interface PublicationOptions {
  readonly store: Store;
  readonly reader: LogReader;
  readonly origin: string;
  readonly signer: NoteSigner;
  readonly highWater: HighWater;
  /** Called before each signature. A LedgerError that it throws ends the signing; anything else puts it off. */
  readonly mayGoOn?: () => void;
  /** The least time between two checkpoints under load, in milliseconds. */
  readonly leastIntervalMs?: number;
}

/** A published checkpoint: a signed note, maybe with cosignatures. */
export interface Published {
  readonly size: number;
  readonly note: string;
}

export interface Publication {
  /** Tells that the log has grown. */
  grown(): void;
  latest(): Published | undefined;
  /** Resolves with a checkpoint that covers `size` entries, signing one when there is none. Rejects with a LedgerError when none will come. */
  covering(size: number): Promise<Published>;
  /** Adds cosignatures to a checkpoint. They were verified by whoever adds them. */
  addCosignatures(size: number, cosignatures: readonly NoteSignature[]): void;
  onPublished(listener: (published: Published) => void): () => void;
  /** Resolves with the error after which nothing more is signed, or with undefined after `close`. */
  readonly stopped: Promise<LedgerError | undefined>;
  /** Signs what has grown and is not signed yet, and ends. */
  close(): void;
}

/**
 * Throws when the key has signed what this store does not hold: BACKUP_TOO_OLD when it has fewer entries, as a restored backup does,
 * SIGNED_ROOT_DIFFERS when it has them and its tiles lead to another root, by damage or because another history was put in place.
 */
export function checkHighWater(store: Store, reader: LogReader, highWater: HighWater): void {
  const signed = highWater.read();
  if (signed === undefined) return;
  const { size } = store.head().edge;
  if (size < signed.size) throw new LedgerError("BACKUP_TOO_OLD", { size, signed: signed.size });
  const rootHash = fromHex(signed.rootHash) ?? new Uint8Array();
  if (!isRoot(reader, signed.size, rootHash)) throw new LedgerError("SIGNED_ROOT_DIFFERS", { signed: signed.size });
}

/** Publishes a log's checkpoints: at once when idle, at most every `leastIntervalMs` under load. Throws LedgerError. */
export function publication({
  store,
  reader,
  origin,
  signer,
  highWater,
  mayGoOn = () => {},
  leastIntervalMs = 200,
}: PublicationOptions): Publication {
  const listeners = new Set<(published: Published) => void>();
  const over = Promise.withResolvers<LedgerError | undefined>();
  let waiting: Waiter[] = [];
  let latest = store.latestCheckpoint();
  let timer: NodeJS.Timeout | undefined;
  let restUntil = 0;
  let fault: LedgerError | undefined;
  if (latest !== undefined) {
    // Stored, and maybe not marked any more before the process ended.
    const { rootHash } = parseSignedCheckpoint(latest.note).checkpoint;
    checkRoot(latest.size, rootHash);
    mark(latest.size, rootHash);
  }

  function checkRoot(size: number, rootHash: Uint8Array): void {
    if (!isRoot(reader, size, rootHash)) throw new LedgerError("STORE_CORRUPT", { size });
  }

  function mark(size: number, rootHash: Uint8Array): void {
    if (size > (highWater.read()?.size ?? 0)) highWater.write({ size, rootHash: toHex(rootHash) });
  }

  // Signed only when the tiles lead to the same root, and out of the house only when it is stored and marked.
  function publish(): void {
    const { edge } = store.head();
    const { size } = edge;
    if (size === 0 || size === latest?.size) return;
    // Another process with the same key would have signed what is not here, or otherwise.
    checkHighWater(store, reader, highWater);
    const rootHash = treeRoot(edge);
    checkRoot(size, rootHash);
    const note = formatSignedCheckpoint(signCheckpoint(origin, { size, rootHash }, [signer]));
    store.putCheckpoint(size, note);
    mark(size, rootHash);
    latest = { size, note };
    restUntil = performance.now() + leastIntervalMs;
    announce(latest);
  }

  function announce(published: Published): void {
    const covered = waiting.filter(({ size }) => size <= published.size);
    waiting = waiting.filter(({ size }) => size > published.size);
    for (const listener of listeners) listener(published);
    for (const { resolve } of covered) resolve(published);
  }

  function grown(): void {
    if (fault === undefined) timer ??= setTimeout(publishOrStop, Math.max(0, restUntil - performance.now()));
  }

  // Nobody waits for a timer: what goes wrong in it is told to those who wait for a checkpoint.
  function publishOrStop(): void {
    timer = undefined;
    try {
      if (isPutOff()) timer = setTimeout(publishOrStop, putOffMs);
      else publish();
    } catch (thrown) {
      stop(asLedgerError(thrown));
    }
  }

  // Keys that are away for a moment must not stop the log for good.
  function isPutOff(): boolean {
    try {
      mayGoOn();
      return false;
    } catch (thrown) {
      if (thrown instanceof LedgerError) throw thrown;
      return true;
    }
  }

  function stop(error: LedgerError | undefined): void {
    clearTimeout(timer);
    timer = undefined;
    fault ??= error ?? new LedgerError("REPLICA_CLOSED");
    over.resolve(error);
    for (const { reject } of waiting) reject(fault);
    waiting = [];
  }

  return {
    grown,
    latest: () => latest,

    covering: (size) => {
      if (latest !== undefined && size <= latest.size) return Promise.resolve(store.checkpointFrom(size) ?? latest);
      if (fault !== undefined) return Promise.reject(fault);
      grown();
      return new Promise((resolve, reject) => waiting.push({ size, resolve, reject }));
    },

    addCosignatures: (size, cosignatures) => {
      const note = store.checkpoint(size);
      if (note === undefined || cosignatures.length === 0) return;
      const signed = parseSignedCheckpoint(note);
      const published = {
        size,
        note: formatSignedCheckpoint({ ...signed, note: withSignatures(signed.note, cosignatures) }),
      };
      store.putCheckpoint(size, published.note);
      if (latest?.size === size) latest = published;
      announce(published);
    },

    onPublished: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    stopped: over.promise,
    close: () => {
      const isDue = timer !== undefined;
      clearTimeout(timer);
      if (isDue) publishOrStop();
      stop(undefined);
    },
  };
}

const putOffMs = 500;

interface Waiter {
  readonly size: number;
  resolve(published: Published): void;
  reject(reason: LedgerError): void;
}

// Throws LedgerError when the tiles do not lead to any root.
function isRoot(reader: LogReader, size: number, rootHash: Uint8Array): boolean {
  try {
    return equalBytes(reader.rootOf(size), rootHash);
  } catch (thrown) {
    throw asStoreError(thrown);
  }
}
