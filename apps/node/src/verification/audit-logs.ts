// Audits every log of a folder: those that ended, then the one that grows with its read model.
import { contracts } from "@fiducial/contract";
import type { SignatureVerifiers } from "@fiducial/core";
import { type AuditResult, audit, type Store, type VerificationPool } from "@fiducial/ledger";
import { foldedEntries, openProjection, type Projection } from "@fiducial/projection";
import type { KeptLog, Logs } from "../logs/logs.ts";
import { type Loss, type LossRooms, lossesIn } from "../objects/losses.ts";
import { isUndamaged, type ObjectStore } from "../objects/object-store.ts";
import type { Turns } from "../operations/turns.ts";

/** What was found of the log that grows, or the first thing that does not hold, on the log that `origin` names. */
export type FolderAudit = AuditResult & {
  readonly origin: string;
  /** Ended logs that hold, the oldest first. */
  readonly ended: readonly { readonly origin: string; readonly size: number; readonly rootHash: string }[];
};

/** What an audit works with. */
export interface AuditRooms extends LossRooms {
  readonly logs: Logs;
  readonly verification: VerificationPool;
  readonly verifiers: SignatureVerifiers;
  readonly objects: ObjectStore;
  readonly operating: Turns;
}

/** Audits. `progress` counts the entries of all logs and the objects together. Rejects with the signal's reason when it is aborted. */
export async function auditLogs(
  rooms: AuditRooms,
  progress: (done: number, total: number) => void = () => {},
  signal?: AbortSignal,
): Promise<FolderAudit> {
  const { logs, verification, verifiers, objects } = rooms;
  const inOrder = [...logs.ended, logs.current];
  const entries = inOrder.reduce((sum, { store }) => sum + store.head().edge.size, 0);
  const digests = [...objects.digests()];
  const total = entries + digests.length;
  const ended: FolderAudit["ended"][number][] = [];
  let before = 0;
  for (const log of inOrder) {
    const { origin, store, key } = log;
    const counted = (done: number) => tell(before + done);
    const result = await audit({ store, contracts, verification, logKeys: [key], verifiers, progress: counted });
    if (!result.ok) return { ...result, origin, ended };
    if (log === logs.current) return { ...(await withObjects(await withProjection(log, result))), origin, ended };
    ended.push({ origin, size: result.size, rootHash: result.rootHash });
    before += result.size;
  }
  throw new RangeError("A folder has a log that grows.");

  // Every object that must be there, and every one as it was received, or the disk has damaged it, or somebody.
  async function withObjects(result: AuditResult): Promise<AuditResult> {
    if (!result.ok) return result;
    const loss = await firstLoss(rooms, () => tell(entries));
    if (loss !== undefined) return { ok: false, firstBad: { index: null, ...loss } };
    for (const [at, digest] of digests.entries()) {
      if (!(await isUndamaged(objects, digest)))
        return { ok: false, firstBad: { index: null, code: "OBJECT_DIFFERS", object: digest } };
      tell(entries + at + 1);
    }
    return result;
  }

  function tell(done: number): void {
    signal?.throwIfAborted();
    progress(done, total);
  }
}

// A destruction takes the bytes first, and then what the vault keeps of them: what is not there is looked for again when none is under way.
async function firstLoss(rooms: AuditRooms, turn: () => void): Promise<Loss | undefined> {
  const look = async () => {
    for await (const loss of lossesIn(rooms, turn)) return loss;
    return undefined;
  };
  return (await look()) && rooms.operating.take(look);
}

async function withProjection({ store, projection, caughtUp }: KeptLog, result: AuditResult): Promise<AuditResult> {
  await caughtUp();
  return projectionHolds(store, projection)
    ? result
    : { ok: false, firstBad: { index: null, code: "PROJECTION_DIFFERS" } };
}

// The read model built again from the log, and compared row by row.
function projectionHolds(store: Store, projection: Projection): boolean {
  const again = openProjection(":memory:");
  try {
    for (let from = 0; from < projection.appliedSize(); from = again.appliedSize())
      again.apply(foldedEntries(from, store.entries(from, Math.min(from + 1000, projection.appliedSize()))));
    return again.digest() === projection.digest();
  } finally {
    again.close();
  }
}
