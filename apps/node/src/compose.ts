// Wires a node: the one place that names orderings, and the one door for in-process use.
import { join } from "node:path";
import { contracts } from "@fiducial/contract";
import { formatTrustPolicy } from "@fiducial/core";
import { localOrdering, startReplica, verificationPool } from "@fiducial/ledger";
import { openAccess } from "./access/open-access.ts";
import { openAccountBook } from "./connections/account-book.ts";
import { connectionBoard } from "./connections/connection-board.ts";
import { type DataFolder, openDataFolder } from "./folder/data-folder.ts";
import { openKept } from "./folder/kept.ts";
import { found } from "./founding/founding.ts";
import { registerActor } from "./founding/members.ts";
import { processClock } from "./intake/clock.ts";
import { fingerprintPool } from "./intake/fingerprint-pool.ts";
import { ingest } from "./intake/ingest.ts";
import { openIntake } from "./intake/intake.ts";
import { openIntakeRooms } from "./intake/intake-rooms.ts";
import { openKeptProjection } from "./logs/kept-projection.ts";
import { type KeptLog, logsOf } from "./logs/logs.ts";
import { openPublication } from "./logs/signed-publication.ts";
import { watchStops } from "./logs/stops.ts";
import { objectReader } from "./objects/object-reader.ts";
import type { NodeOptions, OpenNode } from "./open-node.ts";
import { answerBackupRequests } from "./operations/backup-requests.ts";
import { carryActors } from "./operations/carrying-over.ts";
import { finishUnderWay } from "./operations/finishing.ts";
import { operationsOf } from "./operations/operations.ts";
import type { Site } from "./operations/site.ts";
import { contractOf } from "./operations/stating-kinds.ts";
import { turns } from "./operations/turns.ts";
import { openJournal } from "./operations/under-way.ts";
import { openPacs } from "./pacs/pacs.ts";
import { startProjector } from "./projector.ts";
import { issuedReceipts } from "./receipts/issued-receipts.ts";
import { policyOfLogs } from "./receipts/policy-of-logs.ts";
import { author } from "./statements/author.ts";
import { submission } from "./statements/submission.ts";
import { auditLogs } from "./verification/audit-logs.ts";
import { verifyFile } from "./verification/verify-files.ts";
import { openWitnesses } from "./witnesses/folder-witnesses.ts";

export type { NodeOptions, OpenNode } from "./open-node.ts";

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
  const growing = { committed: () => published.grown(), mayGoOn: ownership.checkKnown };
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
