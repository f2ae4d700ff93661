// A log opened for measuring: store, replica, and the projection when it is asked for.
import { join } from "node:path";
import { contracts } from "@fiducial/contract";
import {
  localOrdering,
  type Outcome,
  openStore,
  type Replica,
  type SignedStatement,
  type Store,
  startReplica,
  type VerificationPool,
} from "@fiducial/ledger";
import { openProjection, type Projection } from "@fiducial/projection";
import { type Projector, startProjector } from "../../apps/node/src/projector.ts";
import { clock } from "./bench-hospital.ts";

/** A log that is open. */
export interface OpenedLog {
  readonly store: Store;
  readonly replica: Replica;
  readonly projection: Projection;
  readonly projector: Projector;
  close(): Promise<void>;
}

/** Opens the log in `folder`, making it when it is not there. The projection follows unless it is told not to. */
export function openLog(folder: string, verification: VerificationPool, { projected = true } = {}): OpenedLog {
  const store = openStore(join(folder, "ledger.db"));
  const { recordedAt } = store.head();
  const ordering = localOrdering(clock, { recordedAtMs: recordedAt === "" ? 0 : Date.parse(recordedAt) });
  const replica = startReplica({ store, ordering, contracts, verification });
  const projection = openProjection(join(folder, "projection.db"));
  const projector = startProjector(store, replica, projection);
  if (!projected) projector.close();
  return {
    store,
    replica,
    projection,
    projector,
    close: async () => {
      await replica.close();
      projector.close();
      projection.close();
      store.close();
    },
  };
}

/** Submits statements as fast as the replica takes them. Throws when one is not accepted. */
export async function submitAll(
  { replica }: Pick<OpenedLog, "replica">,
  shares: AsyncIterable<readonly SignedStatement[]> | Iterable<readonly SignedStatement[]>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for await (const share of shares) {
    const answered = replica.submit(share).then(allAccepted);
    underWay.add(answered);
    answered.finally(() => underWay.delete(answered)).catch(() => {});
    if (underWay.size >= mostShares) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

/** Cuts statements into submissions of the size of a batch. */
export function* batchesOf(
  statements: readonly SignedStatement[],
  size: number,
): Generator<readonly SignedStatement[]> {
  for (let from = 0; from < statements.length; from += size) yield statements.slice(from, from + size);
}

const mostShares = 64;

function allAccepted(outcomes: readonly Outcome[]): void {
  const other = outcomes.find(({ status }) => status !== "accepted");
  if (other !== undefined) throw new Error(`A statement of the bench was ${other.status}.`);
}
