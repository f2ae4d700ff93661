// Replay: what a log's statements lead to, decided again from the first one on. The same everywhere. DESIGN § 6.
import { type Statement, toHex, utcTimeMs } from "@fiducial/core";
import { ContractError } from "../contract-error.ts";
import { contractFor } from "./active-contract.ts";
import type { Contract } from "./contract.ts";
import { decide, type SignatureCheck, type Verdict } from "./decide.ts";
import { type MemoryState, memoryState } from "./memory-state.ts";

/** A statement and the time at which the ordering put it. */
export interface OrderedStatement {
  readonly statement: Statement;
  readonly recordedAt: string;
}

/** What a replay leads to. */
export interface Replay {
  /** One for each statement, in order. */
  readonly verdicts: readonly Verdict[];
  readonly state: MemoryState;
  /** Running state digest, hex. */
  readonly stateDigest: string;
}

/**
 * Decides statements in their order, from the empty log or on top of `from`, which is left as it was.
 * Throws CONTRACT_UNKNOWN when the log asks for a contract that is not among `contracts`, STATEMENT_REPEATED when it
 * holds a statement twice, and TIME_RUNS_BACKWARDS when its times do.
 */
export function replay(
  contracts: readonly Contract[],
  ordered: Iterable<OrderedStatement>,
  verify: SignatureCheck,
  from: MemoryState = memoryState(),
): Replay {
  const state = from.branch();
  const verdicts: Verdict[] = [];
  let lastMs = Number.MIN_SAFE_INTEGER;
  for (const { statement, recordedAt } of ordered) {
    const recordedMs = utcTimeMs(recordedAt);
    if (recordedMs === undefined || recordedMs < lastMs) throw new ContractError("TIME_RUNS_BACKWARDS");
    if (state.statement(statement.id) !== undefined) throw new ContractError("STATEMENT_REPEATED");
    lastMs = recordedMs;
    const index = state.size;
    const contract = contractFor(contracts, state, index, statement.content);
    if (contract === undefined) throw new ContractError("CONTRACT_UNKNOWN");
    const verdict = decide(contract, state, { statement, recordedAt, index }, verify);
    if (verdict.accepted) state.apply(verdict.writes, statement);
    verdicts.push(verdict);
  }
  return { verdicts, state, stateDigest: toHex(state.digest) };
}
