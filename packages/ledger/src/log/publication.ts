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
  withSignatures,
} from "@fiducial/core";
import { LedgerError } from "../ledger-error.ts";
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
  /** Resolves with a checkpoint that covers `size` entries, signing one when there is none. */
  covering(size: number): Promise<Published>;
  /** Adds cosignatures to a checkpoint. They were verified by whoever adds them. */
  addCosignatures(size: number, cosignatures: readonly NoteSignature[]): void;
  onPublished(listener: (published: Published) => void): () => void;
  close(): void;
}

/** Throws BACKUP_TOO_OLD when the key has signed what this store does not hold: a backup was restored, or another log was put in place. */
export function checkHighWater(store: Store, reader: LogReader, highWater: HighWater): void {
  const signed = highWater.read();
  if (signed === undefined) return;
  const { size } = store.head().edge;
  const behind =
    size < signed.size || !equalBytes(reader.rootOf(signed.size), fromHex(signed.rootHash) ?? new Uint8Array());
  if (behind) throw new LedgerError("BACKUP_TOO_OLD", { size, signed: signed.size });
}

/** Publishes a log's checkpoints: at once when idle, at most every `leastIntervalMs` under load. */
export function publication({
  store,
  reader,
  origin,
  signer,
  highWater,
  leastIntervalMs = 200,
}: PublicationOptions): Publication {
  const listeners = new Set<(published: Published) => void>();
  const waiting: { readonly size: number; resolve(published: Published): void }[] = [];
  let latest = store.latestCheckpoint();
  let timer: NodeJS.Timeout | undefined;
  let restUntil = 0;

  function publish(): void {
    timer = undefined;
    const { size } = store.head().edge;
    if (size === 0 || size === latest?.size) return;
    const rootHash = reader.rootOf(size);
    const note = formatSignedCheckpoint(signCheckpoint(origin, { size, rootHash }, [signer]));
    store.putCheckpoint(size, note);
    highWater.write({ size, rootHash: toHex(rootHash) });
    latest = { size, note };
    restUntil = performance.now() + leastIntervalMs;
    announce(latest);
  }

  function announce(published: Published): void {
    for (const listener of listeners) listener(published);
    for (let at = waiting.length - 1; at >= 0; at--) {
      if ((waiting[at]?.size as number) <= published.size) waiting.splice(at, 1)[0]?.resolve(published);
    }
  }

  function grown(): void {
    timer ??= setTimeout(publish, Math.max(0, restUntil - performance.now()));
  }

  return {
    grown,
    latest: () => latest,

    covering: (size) => {
      const enough = store.checkpointFrom(size);
      if (enough !== undefined) return Promise.resolve(enough);
      grown();
      return new Promise((resolve) => waiting.push({ size, resolve }));
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

    close: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
