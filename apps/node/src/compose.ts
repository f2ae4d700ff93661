// Wires a node: the one place that names orderings, and the one door for in-process use.
import { join } from "node:path";
import type { Trouble } from "@fiducial/api";
import { type Contract, contracts } from "@fiducial/contract";
import { formatTrustPolicy } from "@fiducial/core";
import {
  type LogReader,
  localOrdering,
  type Publication,
  type Replica,
  type Store,
  startReplica,
  verificationPool,
} from "@fiducial/ledger";
import type { Projection } from "@fiducial/projection";
import type { Vault } from "@fiducial/vault";
import { openAccess } from "./access/open-access.ts";
import type { AccessRecorder } from "./access/recorder.ts";
import { openAccountBook } from "./connections/account-book.ts";
import { type ConnectionBoard, connectionBoard } from "./connections/connection-board.ts";
import type { RunningConnection } from "./connections/connection-rooms.ts";
import { type DataFolder, type FolderIdentity, openDataFolder } from "./folder/data-folder.ts";
import { openKept } from "./folder/kept.ts";
import { found } from "./founding/founding.ts";
import { type NewActor, registerActor } from "./founding/members.ts";
import { type Clock, processClock } from "./intake/clock.ts";
import { type FingerprintPool, fingerprintPool } from "./intake/fingerprint-pool.ts";
import type { Inbox } from "./intake/inbox.ts";
import { type FolderIntakeResult, type IntakeWatch, ingest } from "./intake/ingest.ts";
import { type Intake, openIntake } from "./intake/intake.ts";
import { type InboxChoices, openIntakeRooms } from "./intake/intake-rooms.ts";
import type { Registrations } from "./intake/registrations.ts";
import { openKeptProjection } from "./logs/kept-projection.ts";
import { type KeptLog, type Logs, logsOf } from "./logs/logs.ts";
import { openPublication } from "./logs/signed-publication.ts";
import { type Stops, watchStops } from "./logs/stops.ts";
import { type ObjectReader, objectReader } from "./objects/object-reader.ts";
import type { ObjectStore } from "./objects/object-store.ts";
import { answerBackupRequests } from "./operations/backup-requests.ts";
import { carryActors } from "./operations/carrying-over.ts";
import { finishUnderWay } from "./operations/finishing.ts";
import { type Operations, operationsOf } from "./operations/operations.ts";
import type { Site } from "./operations/site.ts";
import { contractOf } from "./operations/stating-kinds.ts";
import { turns } from "./operations/turns.ts";
import { openJournal } from "./operations/under-way.ts";
import { openPacs, type Pacs } from "./pacs/pacs.ts";
import type { PacsOptions } from "./pacs/pacs-options.ts";
import { type Projector, startProjector } from "./projector.ts";
import { issuedReceipts, type Receipts } from "./receipts/issued-receipts.ts";
import { policyOfLogs } from "./receipts/policy-of-logs.ts";
import { author } from "./statements/author.ts";
import { submission, type TakeStatements } from "./statements/submission.ts";
import { auditLogs, type FolderAudit } from "./verification/audit-logs.ts";
import { type FileVerification, verifyFile } from "./verification/verify-files.ts";
import { type FolderWitnesses, openWitnesses } from "./witnesses/folder-witnesses.ts";

/** How to open a node. */
export interface NodeOptions {
  readonly data: string;
  readonly keys?: string | undefined;
  /** Makes the folder when it is not there. */
  readonly create?: boolean;
  readonly organizationName?: string | undefined;
  /** Marks a folder that is made now as the demonstration's. */
  readonly demo?: boolean | undefined;
  /** When the story begins of a demonstration that is made now: UTC, as statements write it. */
  readonly storyBegins?: string | undefined;
  /** Worker threads for fingerprints and for signatures; as many as there are processors, unless told. */
  readonly threads?: number | undefined;
  /** How the inbox differs from the usual. */
  readonly inbox?: InboxChoices | undefined;
  /** The PACS that keeps the bytes of what is registered. */
  readonly pacs?: PacsOptions | undefined;
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
  /** The door to the bytes of registered objects, wherever they are kept. */
  readonly objectReader: ObjectReader;
  /** The PACS behind, if there is one. */
  readonly pacs: Pick<Pacs, "instancesOf"> | undefined;
  /** Lets go of what the PACS is seen to hold, until it is closed; undefined without a PACS. */
  startReleasing(clock?: Clock): RunningConnection | undefined;
  readonly fingerprints: FingerprintPool;
  readonly receipts: Receipts;
  /** The log that grows, and those that recoveries ended. */
  readonly logs: Logs;
  /** Records reads before they are answered. */
  readonly access: AccessRecorder;
  /** What the node's people do with it. */
  readonly operations: Operations;
  /** Takes in files, folders, DICOMDIRs. One at a time; others wait. */
  ingest(paths: readonly string[], watch?: IntakeWatch): Promise<FolderIntakeResult>;
  /** Opens an intake whose files come one by one. */
  openIntake(): Intake;
  /** Through which everything comes in that others send. */
  readonly inbox: Inbox;
  /** Hears of every intake that was registered, until the returned function is called. */
  readonly onRegistered: Registrations["onRegistered"];
  /** Where it comes from. */
  readonly connections: ConnectionBoard;
  verify(file: string): Promise<FileVerification>;
  /** Takes statements that others signed. */
  readonly submit: TakeStatements;
  /** The contract that decides what the log is told next. Throws CONTRACT_UNKNOWN. */
  contract(): Contract;
  /** The clock by which the log records. */
  nowMs(): number;
  /** Registers a device, a person, software or an AI product of the organization, and resolves with its actor id. */
  registerActor(actor: NewActor): Promise<string>;
  /** Whom this log asks to witness it, and the witness that this node is for other logs. */
  readonly witnesses: Omit<FolderWitnesses, "close">;
  /** What of the log has stopped on an error. */
  stops(): Stops;
  /** What is wrong with parts that are opened after it: each adds what tells of itself. */
  readonly troublesBesides: (() => readonly Trouble[])[];
  /** Whose word a verifier of this log's receipts takes, as text. */
  policy(): string;
  /** Audits every log of the folder, until `signal` is aborted. */
  audit(progress?: (done: number, total: number) => void, signal?: AbortSignal): Promise<FolderAudit>;
  /** Finishes what is under way, then closes everything. */
  close(): Promise<void>;
}

/** Opens a node. Throws NodeError, LedgerError, VaultError. */
export async function openNode({
  create = false,
  threads,
  inbox,
  pacs,
  nowMs = Date.now,
  ...where
}: NodeOptions): Promise<OpenNode> {
  const folder = openDataFolder({ ...where, create });
  const closing: (() => void | Promise<void>)[] = [() => folder.release()];
  const closeAll = async () => {
    for (const close of closing.reverse()) await close();
  };
  try {
    return await compose(folder, { threads, inbox, pacs, nowMs }, closing, closeAll);
  } catch (thrown) {
    await closeAll();
    throw thrown;
  }
}

async function compose(
  folder: DataFolder,
  {
    threads,
    inbox: intake,
    pacs: behind,
    nowMs,
  }: Pick<NodeOptions, "threads" | "inbox" | "pacs"> & { readonly nowMs: () => number },
  closing: (() => void | Promise<void>)[],
  closeAll: () => Promise<void>,
): Promise<OpenNode> {
  const { identity } = folder;
  const { origin } = identity;
  const kept = await openKept(folder, closing);
  const { store, reader, keyring, protector, ended, ownership, vault, objects, erasures } = kept;

  const { logKey, published } = await openPublication({ ...kept, origin });
  closing.push(() => published.close());

  const verification = verificationPool(threads);
  closing.push(() => verification.close());
  const { recordedAt } = store.head();
  const ordering = localOrdering(nowMs, { recordedAtMs: recordedAt === "" ? 0 : Date.parse(recordedAt) });
  const growing = { committed: () => published.grown(), mayGoOn: ownership.check };
  const replica = startReplica({ store, ordering, contracts, verification, ...growing });
  closing.push(() => replica.close());

  const witnesses = await openWitnesses({ folder, keyring, publication: published, store, reader, nowMs });
  closing.push(() => witnesses.close());

  const projection = openKeptProjection(folder.projection);
  closing.push(() => projection.close());
  const projector = startProjector(store, replica, projection);
  closing.push(() => projector.close());

  const current: KeptLog = {
    origin,
    store,
    reader,
    projection,
    key: logKey,
    caughtUp: (size = store.head().edge.size) => projector.caughtUp(size),
    latest: published.latest,
    covering: published.covering,
  };
  const logs = logsOf(current, ended);
  const statements = author(origin, vault, replica, nowMs, ownership.check);
  const household = await found(identity, keyring, store, statements);
  const fingerprints = fingerprintPool(threads);
  closing.push(() => fingerprints.close());

  const site: Site = {
    folder,
    household,
    author: statements,
    logs,
    vault,
    objects,
    fingerprints,
    erasures,
    journal: openJournal(folder.path),
    operating: turns(),
    intake: turns(),
    registering: turns(),
    nowMs,
  };
  await carryActors(site);
  await finishUnderWay(site);
  const access = await openAccess(site, protector);
  closing.push(() => access.close());
  const operations = operationsOf(site);
  closing.push(answerBackupRequests(folder.path, operations.backUp));
  const stops = watchStops(replica, published, ownership);
  const book = openAccountBook(join(folder.path, "connections.db"), processClock, nowMs);
  closing.push(() => book.close());
  const connections = connectionBoard(nowMs, { book });
  const { rooms, inbox, onRegistered } = openIntakeRooms(site, projection, connections, stops, intake);
  closing.push(() => inbox.close());
  const pacs = behind === undefined ? undefined : openPacs(site, connections, behind);
  closing.push(() => pacs?.close());
  const files = objectReader(objects, pacs?.keeper);

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
    objectReader: files,
    pacs,
    startReleasing: (clock) =>
      pacs?.startReleasing({ kept: rooms.kept, reader: files, ...(clock === undefined ? {} : { clock }) }),
    fingerprints,
    receipts: issuedReceipts({ ...witnesses, logs, publication: published, vault, nowMs }),
    logs,
    access,
    operations,
    ingest: (paths, watch) => site.intake.take(() => ingest(rooms, paths, watch)),
    openIntake: () => openIntake(rooms),
    inbox,
    onRegistered,
    connections,
    submit: submission(site, replica),
    contract: () => contractOf(site),
    nowMs,
    registerActor: async (actor) => {
      const id = await registerActor(statements, household.root, actor);
      await projector.caughtUp(store.head().edge.size);
      return id;
    },
    verify: (file) => verifyFile(fingerprints, vault, logs, file),
    policy: () => formatTrustPolicy(policyOfLogs(logs, witnesses.cosigners)),
    witnesses,
    stops,
    troublesBesides: [],
    audit: (progress, signal) => auditLogs({ ...witnesses, ...site, verification }, progress, signal),

    close: async () => {
      await site.operating.idle();
      await site.intake.idle();
      await closeAll();
    },
  };
}
