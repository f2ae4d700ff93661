// A replica of one log: takes ordered statements, verifies, decides, appends, commits, signs. One implementation, whatever the ordering.
// Life of a batch: ordered → examined in workers → decided on top of the batch before → committed in one transaction → answered → signed.
import type { Contract } from "@fiducial/contract";
import { directory } from "@fiducial/contract";
import { treeRoot } from "@fiducial/core";
import { asLedgerError, LedgerError } from "../ledger-error.ts";
import type { OrderedBatch, Ordering, SignedStatement } from "../ordering/port.ts";
import type { RefusalRow, Store } from "../store/store.ts";
import { gathering } from "../verification/gathering.ts";
import type { Examined, VerificationPool } from "../verification/pool.ts";
import { capacity } from "./capacity.ts";
import { type DecidedEntry, decideBatch, type Outcome } from "./sequencer.ts";
import { waiting } from "./waiting.ts";

/** What a replica stands on. */
export interface ReplicaOptions {
  readonly store: Store;
  readonly ordering: Ordering;
  /** Every contract version that this program has. */
  readonly contracts: readonly Contract[];
  readonly verification: VerificationPool;
  /** Called after each commit, before its statements are answered: what signs checkpoints. */
  readonly committed?: (head: Committed) => void;
  /** Called before each batch; what it throws stops the replica, and nothing of the batch is committed. */
  readonly mayGoOn?: () => void;
  /** Statements under way before submitters have to wait. */
  readonly mostUnderWay?: number;
}

/** What a replica holds after a batch. */
export interface Committed {
  readonly position: number;
  readonly recordedAt: string;
  readonly size: number;
  readonly rootHash: Uint8Array;
  readonly stateDigest: Uint8Array;
}

/** Hears of a commit: what it added to the log, and what was refused. */
export type CommitListener = (
  head: Committed,
  entries: readonly DecidedEntry[],
  refusals: readonly RefusalRow[],
) => void;

/** One log, growing. */
export interface Replica {
  /** Offers statements and resolves when each is committed or refused. Rejects with a LedgerError when the replica stops; then nobody knows yet. */
  submit(statements: readonly SignedStatement[]): Promise<readonly Outcome[]>;
  /**
   * Parses and verifies envelopes that nobody has parsed yet, under the keys that are registered now. What comes out can be looked at before
   * it is submitted, and is not parsed or verified again when it is.
   */
  examine(envelopes: readonly Uint8Array[]): Promise<readonly Examined[]>;
  head(): Committed;
  /** Calls `listener` after each commit with what it added to the log, until the returned function is called. */
  onCommit(listener: CommitListener): () => void;
  /** Resolves with the error that stopped the replica, or with undefined after `close`. */
  readonly stopped: Promise<LedgerError | undefined>;
  /** Finishes the batch under way, then stops. */
  close(): Promise<void>;
}

/** Batches being verified while one is committed. */
const batchesAhead = 3;

/** Starts following the ordering from where the store stands. Nothing is replayed. */
export function startReplica({
  store,
  ordering,
  contracts,
  verification,
  committed,
  mayGoOn = () => {},
  mostUnderWay = 16_384,
}: ReplicaOptions): Replica {
  const submissions = waiting();
  const room = capacity(mostUnderWay);
  const closing = new AbortController();
  const listeners = new Set<CommitListener>();
  const before = new WeakSet<object>();
  const keyOf = (id: string) => directory.key(store.state, id);
  const examineTogether = gathering((statements) => verification.examine(statements, keyOf));
  let fault: LedgerError | undefined;
  if (committed !== undefined) listeners.add(committed);

  function head(): Committed {
    const { position, recordedAt, edge, stateDigest } = store.head();
    return { position, recordedAt, size: edge.size, rootHash: treeRoot(edge), stateDigest };
  }

  function apply(ordered: OrderedBatch, examined: readonly Examined[]): void {
    mayGoOn();
    const { batch, entries, outcomes } = decideBatch(contracts, store, ordered, examined);
    store.commit(batch);
    const now = head();
    ordering.applied(ordered.position, now);
    for (const listener of listeners) listener(now, entries, batch.refusals);
    for (const [index, outcome] of outcomes.entries())
      submissions.answer(ordered.statements[index] as SignedStatement, outcome);
  }

  // An ordering that hands on what it was given saves a second look at what was examined here.
  async function examineRest({ statements }: OrderedBatch): Promise<readonly Examined[]> {
    const rest = statements.filter((one) => !before.has(one));
    const examined = (await verification.examine(rest, keyOf))[Symbol.iterator]();
    return statements.map((one) => (before.has(one) ? one : examined.next().value) as Examined);
  }

  async function run(): Promise<void> {
    const ordered = ordering.follow(store.head().position, closing.signal);
    for await (const [batch, examined] of examinedAhead(ordered, examineRest)) {
      apply(batch, examined);
      // Workers' answers that have come meanwhile would be taken at once, a thousand of them before any timer or socket gets its turn.
      await new Promise(setImmediate);
    }
  }

  const stopped = run()
    .then(
      () => undefined,
      (thrown: unknown) => asLedgerError(thrown),
    )
    .then((error) => {
      fault = error ?? new LedgerError("REPLICA_CLOSED");
      closing.abort();
      submissions.reject(fault);
      return error;
    });

  return {
    head,
    stopped,

    submit: async (statements) => {
      const release = await room.take(statements.length);
      try {
        if (fault !== undefined) throw fault;
        const outcomes = submissions.outcomes(statements);
        await Promise.all([ordering.submit(statements), outcomes]);
        return await outcomes;
      } finally {
        release();
      }
    },

    examine: async (envelopes) => {
      const examined = await examineTogether(envelopes.map((bytes) => ({ id: "", bytes })));
      for (const one of examined) before.add(one);
      return examined;
    },

    onCommit: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    close: async () => {
      closing.abort();
      await stopped;
    },
  };
}

// Examines batches ahead of the one being committed, so that workers verify while the sequencer commits.
async function* examinedAhead(
  batches: AsyncIterable<OrderedBatch>,
  examine: (batch: OrderedBatch) => Promise<readonly Examined[]>,
): AsyncIterable<readonly [OrderedBatch, readonly Examined[]]> {
  const iterator = batches[Symbol.asyncIterator]();
  const pullOne = async () => {
    const next = await iterator.next();
    return next.done === true ? undefined : ([next.value, await examine(next.value)] as const);
  };
  const pull = () => {
    const pulled = pullOne();
    // Once one batch has failed, nobody waits for those behind it, which may fail as well.
    pulled.catch(() => {});
    return pulled;
  };
  const ahead = Array.from({ length: batchesAhead }, pull);
  for (let item = await ahead.shift(); item !== undefined; item = await ahead.shift()) {
    ahead.push(pull());
    yield item;
  }
  await Promise.allSettled(ahead);
}
