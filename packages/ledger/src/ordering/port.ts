// What a replica needs of whatever puts statements into one order: three verbs about order, and nothing about meaning. DESIGN § 7.

/** A statement on its way: its id as its submitter computed it, and the exact bytes of its envelope. */
export interface SignedStatement {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** How many batches came before: 0 for an ordering that has ordered nothing. */
export type OrderPosition = number;

/** Statements that are ordered together, and the time that the ordering gives them. */
export interface OrderedBatch {
  /** The position after this batch. */
  readonly position: OrderPosition;
  /** UTC, never less than the batch's before. */
  readonly recordedAt: string;
  readonly statements: readonly SignedStatement[];
  /** Present when the batch comes out of another replica's log: a different verdict is then a divergence, not a refusal. */
  readonly decided?: readonly { readonly findings: readonly string[] }[];
}

/** What a replica holds after a position. */
export interface AppliedState {
  readonly size: number;
  readonly rootHash: Uint8Array;
  readonly stateDigest: Uint8Array;
}

/** Gives statements one total order, with times. What it keeps, and how, the replica does not care. */
export interface Ordering {
  /** Offers statements. Resolves when they are ordered; says nothing of acceptance. Idempotent by statement id. */
  submit(statements: readonly SignedStatement[]): Promise<void>;
  /** Ordered batches after `position`, for ever, until `signal` aborts: the same batches, times and positions at every replica. */
  follow(position: OrderPosition, signal: AbortSignal): AsyncIterable<OrderedBatch>;
  /** Tells the ordering what this replica holds after `position`; an engine that votes on state needs it, others ignore it. */
  applied(position: OrderPosition, state: AppliedState): void;
}

/** Milliseconds since 1970: the one place where time comes in. */
export type Clock = () => number;
