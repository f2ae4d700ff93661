// A ledger as a node composes it, over local ordering and with a log key made of a name: for tests, and for the programs they kill.
import { contracts } from "@fiducial/contract";
import { fromBase64, type NoteSigner, verifierKey } from "@fiducial/core";
import { type LogReader, logReader } from "../log/log-reader.ts";
import { checkHighWater, type HighWater, type Publication, publication } from "../log/publication.ts";
import { localOrdering } from "../ordering/local/local-ordering.ts";
import type { Clock } from "../ordering/port.ts";
import { type Replica, startReplica } from "../replica/replica.ts";
import { openStore, type Store, type StoreOptions } from "../store/store.ts";
import type { VerificationPool } from "../verification/pool.ts";
import { signatory } from "./hospital.ts";

/** The origin of every log that is made here. */
export const testOrigin = "log.example/conformance";

/** What a local ledger stands on. */
export interface LocalLedgerOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly verification: VerificationPool;
  readonly highWater: HighWater;
  readonly leastIntervalMs?: number;
  readonly mostUnderWay?: number;
  readonly mayGoOn?: () => void;
  readonly storeOptions?: StoreOptions;
  /** Puts something between the replica and its store. */
  readonly between?: (store: Store) => Store;
}

/** A ledger that grows and signs checkpoints. */
export interface LocalLedger {
  readonly store: Store;
  readonly reader: LogReader;
  readonly replica: Replica;
  readonly publication: Publication;
  close(): Promise<void>;
}

/** Signs as the log, or as a witness, with a key made of a name. */
export function noteSigner(name: string, type: "ed25519" | "ed25519-cosignature"): NoteSigner {
  const { declared, sign } = signatory(name);
  return { key: verifierKey(name, type, fromBase64(declared.publicKey) as Uint8Array), sign };
}

/** Remembers for as long as the process lives. */
export function memoryHighWater(): HighWater {
  let head: ReturnType<HighWater["read"]>;
  return {
    read: () => head,
    write: (next) => {
      head = next;
    },
  };
}

/** Opens the ledger in the SQLite file at `path`. Throws LedgerError. */
export function openLocalLedger({
  path,
  clock,
  verification,
  highWater,
  leastIntervalMs = 1,
  mostUnderWay,
  mayGoOn,
  storeOptions,
  between = (store) => store,
}: LocalLedgerOptions): LocalLedger {
  const opened = openStore(path, storeOptions);
  const store = between(opened);
  const reader = logReader(store);
  checkHighWater(store, reader, highWater);
  const signer = noteSigner(testOrigin, "ed25519");
  const published = publication({ store, reader, origin: testOrigin, signer, highWater, leastIntervalMs });
  const { recordedAt } = store.head();
  const replica = startReplica({
    store,
    ordering: localOrdering(clock, { recordedAtMs: recordedAt === "" ? 0 : Date.parse(recordedAt) }),
    contracts,
    verification,
    committed: () => published.grown(),
    ...(mostUnderWay === undefined ? {} : { mostUnderWay }),
    ...(mayGoOn === undefined ? {} : { mayGoOn }),
  });
  return {
    store,
    reader,
    replica,
    publication: published,
    close: async () => {
      await replica.close();
      published.close();
      opened.close();
    },
  };
}
