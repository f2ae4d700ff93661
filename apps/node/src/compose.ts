// Wires a node: the one place that names orderings, and the one door for in-process use.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { contracts, erasureOf, studyOf } from "@fiducial/contract";
import {
  formatTrustPolicy,
  type Policy,
  parseEntry,
  type SignatureVerifiers,
  signatureVerifiers,
  type TrustPolicy,
  type VerifierKey,
  verifierKey,
} from "@fiducial/core";
import {
  type AuditResult,
  audit,
  checkHighWater,
  type LogReader,
  localOrdering,
  logReader,
  openStore,
  type Publication,
  publication,
  type Replica,
  type Store,
  sodiumBackend,
  startReplica,
  startWitnessing,
  verificationPool,
  type WitnessState,
} from "@fiducial/ledger";
import { openProjection, type Projection } from "@fiducial/projection";
import {
  createNodeKey,
  environmentProtector,
  fileProtector,
  type KeyProtector,
  nodeKeyVariable,
  openKeyring,
  openVault,
  type Vault,
} from "@fiducial/vault";
import { type DataFolder, type FolderIdentity, openDataFolder } from "./folder/data-folder.ts";
import { found } from "./founding/founding.ts";
import { type NewActor, registerActor } from "./founding/members.ts";
import { type FingerprintPool, fingerprintPool } from "./intake/fingerprint-pool.ts";
import { type IntakeWatch, ingest } from "./intake/ingest.ts";
import { type Intake, type IntakeResult, type IntakeRooms, openIntake } from "./intake/intake.ts";
import { deviceDirectory, registrar } from "./intake/registrar.ts";
import { studyGatherer } from "./intake/study-gatherer.ts";
import { NodeError } from "./node-error.ts";
import { type ObjectStore, openObjectStore } from "./objects/object-store.ts";
import { type Projector, startProjector } from "./projector.ts";
import { type ReceiptMaker, receiptMaker } from "./receipts/receipt-maker.ts";
import { author } from "./statements/author.ts";
import { type FileVerification, verifyFile } from "./verification/verify-files.ts";
import { postToWitness, sleep } from "./witnesses/asking.ts";
import { type RunningWitness, witnessFor } from "./witnesses/running-witness.ts";
import { peersOf, policyFile, witnessesFile } from "./witnesses/witness-files.ts";

/** How to open a node. */
export interface NodeOptions {
  readonly data: string;
  readonly keys?: string | undefined;
  /** Makes the folder when it is not there. */
  readonly create?: boolean;
  readonly organizationName?: string | undefined;
  /** Worker threads for fingerprints and for signatures; as many as there are processors, unless told. */
  readonly threads?: number | undefined;
  readonly nowMs?: () => number;
}

/** A node that is open in this process. */
export interface OpenNode {
  readonly folder: DataFolder;
  readonly identity: FolderIdentity;
  readonly store: Store;
  readonly reader: LogReader;
  readonly replica: Replica;
  readonly publication: Publication;
  readonly projection: Projection;
  readonly projector: Projector;
  readonly vault: Vault;
  readonly objects: ObjectStore;
  readonly fingerprints: FingerprintPool;
  readonly receipts: ReceiptMaker;
  /** Takes in files, folders, DICOMDIRs. One at a time; others wait. */
  ingest(paths: readonly string[], watch?: IntakeWatch): Promise<IntakeResult>;
  /** Opens an intake whose files come one by one. */
  openIntake(): Intake;
  verify(file: string): Promise<FileVerification>;
  /** Registers a device, a person, software or an AI product of the organization, and resolves with its actor id. */
  registerActor(actor: NewActor): Promise<string>;
  /** How the witnesses of this log stand. */
  witnesses(): readonly WitnessState[];
  /** The witness that this node is for other logs, if it is one. */
  readonly witness: RunningWitness | undefined;
  /** Whose word a verifier of this log's receipts takes, as text. */
  policy(): string;
  audit(progress?: (done: number, total: number) => void): Promise<AuditResult>;
  /** Finishes what is under way, then closes everything. */
  close(): Promise<void>;
}

/** Opens a node. Throws NodeError, LedgerError, VaultError. */
export async function openNode({
  data,
  keys,
  create = false,
  organizationName,
  threads,
  nowMs = Date.now,
}: NodeOptions): Promise<OpenNode> {
  const folder = openDataFolder({ data, keys, create, organizationName });
  const closing: (() => void | Promise<void>)[] = [() => folder.release()];
  const closeAll = async () => {
    for (const close of closing.reverse()) await close();
  };
  try {
    return await compose(folder, threads, nowMs, closing, closeAll);
  } catch (thrown) {
    await closeAll();
    throw thrown;
  }
}

async function compose(
  folder: DataFolder,
  threads: number | undefined,
  nowMs: () => number,
  closing: (() => void | Promise<void>)[],
  closeAll: () => Promise<void>,
): Promise<OpenNode> {
  const { identity } = folder;
  const store = openStore(folder.ledger);
  closing.push(() => store.close());
  const isNew = store.head().edge.size === 0;
  const protector = protectorOf(folder.keys, isNew);
  const keyring = openKeyring(folder.keys, protector);
  const reader = logReader(store);
  const highWater = keyring.highWater(identity.origin);
  checkHighWater(store, reader, highWater);

  const erased = (handle: string) =>
    erasureOf(store.state, handle)?.executed === true || studyOf(store.state, handle)?.destruction === "done";
  const vault = await openVault({ path: folder.vault, protector, erased });
  closing.push(() => vault.close());

  const logSecret = isNew ? await keyring.signer("log") : await keyring.existingSigner("log");
  const logKey = verifierKey(identity.origin, "ed25519", logSecret.publicKey.bytes);
  const published = publication({
    store,
    reader,
    origin: identity.origin,
    signer: { key: logKey, sign: logSecret.sign },
    highWater,
  });
  closing.push(() => published.close());

  const verification = verificationPool(threads);
  closing.push(() => verification.close());
  const { recordedAt } = store.head();
  const ordering = localOrdering(nowMs, { recordedAtMs: recordedAt === "" ? 0 : Date.parse(recordedAt) });
  const replica = startReplica({ store, ordering, contracts, verification, committed: () => published.grown() });
  closing.push(() => replica.close());

  const verifiers: SignatureVerifiers = signatureVerifiers(sodiumBackend);
  const cosigners = policyFile(folder.path, witnessesFile);
  const witnessing = startWitnessing(
    published,
    reader,
    cosigners === undefined ? [] : peersOf(cosigners),
    verifiers,
    postToWitness,
    sleep,
  );
  closing.push(() => witnessing.close());
  const witness = await witnessFor(folder, keyring, verifiers, nowMs);
  closing.push(() => witness?.close());

  const projection = openProjection(folder.projection);
  closing.push(() => projection.close());
  const projector = startProjector(store, replica, projection);
  closing.push(() => projector.close());

  const statements = author(identity.origin, vault, replica, nowMs);
  const household = await found(identity, keyring, store, statements);
  const fingerprints = fingerprintPool(threads);
  closing.push(() => fingerprints.close());
  const objects = openObjectStore(folder.objects);
  const registers = registrar(vault, store, statements, household.gateway, deviceDirectory(projection, vault, store));
  const rooms: IntakeRooms = {
    pool: fingerprints,
    objectFolder: objects.folder,
    gatherer: () => studyGatherer(vault),
    registrar: registers,
  };
  let intake: Promise<unknown> = Promise.resolve();

  return {
    folder,
    identity,
    store,
    reader,
    replica,
    publication: published,
    projection,
    projector,
    vault,
    objects,
    fingerprints,
    receipts: receiptMaker(reader, published, projection, vault),

    ingest: (paths, watch) => {
      const result = intake.then(() => ingest(rooms, paths, watch));
      intake = result.catch(() => {});
      return result;
    },
    openIntake: () => openIntake(rooms),

    registerActor: async (actor) => {
      const id = await registerActor(statements, household.root, actor);
      await projector.caughtUp(store.head().edge.size);
      return id;
    },
    verify: (file) => verifyFile(fingerprints, vault, store, file),
    policy: () => formatTrustPolicy(policyOf(identity.origin, logKey, store, cosigners)),
    witnesses: () => witnessing.states(),
    witness,

    audit: async (progress) => {
      const result = await audit({
        store,
        contracts,
        verification,
        logKeys: [logKey],
        verifiers,
        ...(progress && { progress }),
      });
      if (!result.ok) return result;
      await projector.caughtUp(store.head().edge.size);
      return projectionHolds(store, projection)
        ? result
        : { ok: false, firstBad: { index: null, code: "PROJECTION_DIFFERS" } };
    },

    close: async () => {
      await intake;
      await closeAll();
    },
  };
}

function policyOf(origin: string, logKey: VerifierKey, store: Store, cosigners: Policy | undefined): TrustPolicy {
  const genesis = parseEntry(store.entry(0) as Uint8Array);
  if (genesis === undefined) throw new NodeError("ENTRY_UNKNOWN", { index: 0 });
  const { witnesses, groups, quorum } = cosigners ?? { witnesses: [], groups: [], quorum: "none" };
  return {
    policy: { logs: [{ key: logKey }], witnesses, groups, quorum },
    genesis: { [origin]: genesis.statement.id },
    replicas: [],
  };
}

// The read model built again from the log, and compared row by row.
function projectionHolds(store: Store, projection: Projection): boolean {
  const again = openProjection(":memory:");
  try {
    for (let from = 0; from < projection.appliedSize(); from = again.appliedSize())
      again.apply(from, store.entries(from, Math.min(from + 1000, projection.appliedSize())));
    return again.digest() === projection.digest();
  } finally {
    again.close();
  }
}

// The node key is in the environment, or in a file beside the other keys, made with the folder.
function protectorOf(keys: string, isNew: boolean): KeyProtector {
  if (process.env[nodeKeyVariable] !== undefined) return environmentProtector();
  const path = join(keys, "node.key");
  if (!existsSync(path)) {
    if (!isNew) throw new NodeError("KEYS_MISSING");
    createNodeKey(path);
  }
  return fileProtector(path);
}
