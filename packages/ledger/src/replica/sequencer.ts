// Decides ordered statements one after another, over the committed state and what the batch has changed so far. DESIGN § 6–7.
import {
  activeContract,
  advanceStateDigest,
  type Contract,
  contractFor,
  decide,
  type State,
  type StatementRow,
  type Write,
} from "@fiducial/contract";
import {
  appendLeaves,
  type Content,
  type DeclaredKey,
  formatEntries,
  leafHash,
  parseEntry,
  parseStatement,
  publicKeyFromDeclared,
  type UnwrittenEntry,
  verifyStatementSignature,
} from "@fiducial/core";
import { LedgerError } from "../ledger-error.ts";
import type { OrderedBatch } from "../ordering/port.ts";
import type { Batch, Head, RefusalRow, Store } from "../store/store.ts";
import type { Examined, ExaminedStatement } from "../verification/pool.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";

/** What became of one statement. */
export type Outcome =
  | {
      readonly status: "accepted";
      readonly id: string;
      readonly index: number;
      readonly recordedAt: string;
      readonly findings: readonly string[] /** True when it was accepted before: this is its first place. */;
      readonly repeated: boolean;
    }
  | { readonly status: "refused"; readonly id: string; readonly code: string; readonly recordedAt: string }
  | { readonly status: "malformed"; readonly code: string };

/** An entry as it was decided, before anybody reads it from the log. */
export interface DecidedEntry {
  readonly index: number;
  readonly id: string;
  readonly recordedAt: string;
  readonly findings: readonly string[];
  readonly content: Content;
}

/** A decided batch: what to commit, what it adds to the log, and what to answer, statement by statement. */
export interface DecidedBatch {
  readonly batch: Batch;
  readonly entries: readonly DecidedEntry[];
  readonly outcomes: readonly Outcome[];
}

interface Accepted extends UnwrittenEntry {
  readonly statement: ExaminedStatement;
}

/** Decides one batch on top of `store`. Changes nothing; throws LedgerError when the log asks for a contract that is not here. */
export function decideBatch(
  contracts: readonly Contract[],
  store: Store,
  ordered: OrderedBatch,
  examined: readonly Examined[],
): DecidedBatch {
  const head = store.head();
  const overlay = overlayOf(store.state);
  const accepted: Accepted[] = [];
  const refusals: RefusalRow[] = [];
  const places = new Map<string, Extract<Outcome, { status: "accepted" }>>();
  let stateDigest = head.stateDigest;
  const { recordedAt } = ordered;

  function outcomeOf(statement: Examined): Outcome {
    if (statement.fault !== undefined) return { status: "malformed", code: statement.fault };
    const { id, content } = statement;
    const before = places.get(id) ?? acceptedBefore(store, id);
    if (before !== undefined) return { ...before, repeated: true };
    const index = head.edge.size + accepted.length;
    const contract = contractAt(contracts, overlay.state, index, content);
    const verdict = decide(contract, overlay.state, { statement, recordedAt, index }, checkOf(statement));
    if (!verdict.accepted) {
      refusals.push({ id, kind: content.kind, code: verdict.code, recordedAt });
      return { status: "refused", id, code: verdict.code, recordedAt };
    }
    const { findings, writes } = verdict;
    overlay.write(writes, id, { index, kind: content.kind, organization: content.signers[0].organization });
    stateDigest = advanceStateDigest(stateDigest, writes);
    accepted.push({ findings, statement });
    const outcome = { status: "accepted", id, index, recordedAt, findings, repeated: false } as const;
    places.set(id, outcome);
    return outcome;
  }

  const outcomes = examined.map((statement, at) => {
    const outcome = outcomeOf(statement);
    checkDivergence(ordered, at, outcome);
    return outcome;
  });

  const written = formatEntries(recordedAt, accepted);
  const entries = written.map((bytes, at) => ({ id: (accepted[at] as Accepted).statement.idBytes, bytes }));
  const { edge, tiles } = appendLeaves(head.edge, written.map(leafHash));
  const next: Head = { position: ordered.position, recordedAt, edge, stateDigest };
  return {
    batch: { head: next, entries, tiles, writes: overlay.writes(), refusals },
    entries: accepted.map(({ findings, statement: { id, content } }, at) => ({
      index: head.edge.size + at,
      id,
      recordedAt,
      findings,
      content,
    })),
    outcomes,
  };
}

/** The contract that decides `content` after `index` entries. Throws CONTRACT_UNKNOWN when this program lacks it: the log stops here until it does not. */
export function contractAt(contracts: readonly Contract[], state: State, index: number, content: Content): Contract {
  const contract = contractFor(contracts, state, index, content);
  if (contract === undefined)
    throw new LedgerError("CONTRACT_UNKNOWN", { version: activeContract(state, index)?.version ?? 0, index });
  return contract;
}

interface Overlay {
  readonly state: State;
  write(writes: readonly Write[], id: string, row: StatementRow): void;
  writes(): readonly Write[];
}

// What the batch has changed so far, over what is committed. What was read once is not asked for again: statements of one batch have much in common.
function overlayOf(committed: State): Overlay {
  const changed = new Map<string, Write[1]>();
  const known = new Map<string, Write[1]>();
  const statements = new Map<string, StatementRow>();
  return {
    state: {
      get: (key) => {
        const before = known.get(key);
        if (before !== undefined) return before ?? undefined;
        const value = committed.get(key);
        known.set(key, value ?? null);
        return value;
      },
      statement: (id) => statements.get(id) ?? committed.statement(id),
    },
    write: (writes, id, row) => {
      for (const [key, value] of writes) {
        changed.set(key, value);
        known.set(key, value);
      }
      statements.set(id, row);
    },
    writes: () => [...changed],
  };
}

function acceptedBefore(store: Store, id: string): Extract<Outcome, { status: "accepted" }> | undefined {
  const index = store.indexOf(id);
  if (index === undefined) return undefined;
  const entry = parseEntry(store.entry(index) as Uint8Array);
  // Taken for a new one, it would be in the log twice.
  if (entry === undefined) throw new LedgerError("STORE_CORRUPT", { index });
  return { status: "accepted", id, index, recordedAt: entry.recordedAt, findings: entry.findings, repeated: true };
}

/** Checks signatures by what the workers found out; passkeys, and keys registered only now, here and now. */
export function checkOf(examined: ExaminedStatement): (statement: unknown, index: number, key: DeclaredKey) => boolean {
  return (_, index, declared) => {
    const known = declared.webauthn === undefined ? examined.verified(index) : undefined;
    if (known !== undefined) return known;
    const statement = parseStatement(examined.bytes);
    const key = publicKeyFromDeclared(declared);
    return (
      typeof statement !== "string" &&
      key !== undefined &&
      verifyStatementSignature(sodiumBackend, statement, index, key)
    );
  };
}

// Whatever another replica's log holds, it has accepted, with these findings, and only once.
function checkDivergence({ decided, position }: OrderedBatch, at: number, outcome: Outcome): void {
  if (decided === undefined) return;
  const agrees =
    outcome.status === "accepted" && !outcome.repeated && outcome.findings.join() === decided[at]?.findings.join();
  if (!agrees) throw new LedgerError("REPLICA_DIVERGED", { position, statement: at });
}
