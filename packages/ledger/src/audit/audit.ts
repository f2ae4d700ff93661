// Re-checks everything a store holds: every entry, signature and tile, the contract replayed from empty, state, checkpoints.
import { advanceStateDigest, type Contract, decide, directory, emptyStateDigest, type State } from "@fiducial/contract";
import {
  appendLeaves,
  canonicalJson,
  type Entry,
  emptyEdge,
  equalBytes,
  leafHash,
  parseEntry,
  parseSignedCheckpoint,
  type SignatureVerifiers,
  type TileGrowth,
  type TreeEdge,
  toHex,
  treeRoot,
  utf8,
  type VerifierKey,
  verifyNote,
} from "@fiducial/core";
import { LedgerError } from "../ledger-error.ts";
import { logReader } from "../log/log-reader.ts";
import { checkOf, contractAt } from "../replica/sequencer.ts";
import type { Store } from "../store/store.ts";
import type { ExaminedStatement, VerificationPool } from "../verification/pool.ts";
import { openScratchState, type ScratchState } from "./scratch-state.ts";

/** What an audit can find, in the order in which it looks. */
export const auditFindings = {
  STORE_DAMAGED: "The database file is damaged.",
  ENTRY_MISSING: "An entry is not there.",
  ENTRY_MALFORMED: "An entry is not in its one exact form.",
  ENTRY_REPEATED: "A statement is in the log twice.",
  ENTRY_NOT_INDEXED: "An entry is not found by its statement id.",
  TIME_GOES_BACK: "An entry was recorded before the one before it.",
  SIGNATURE_INVALID: "A signature does not verify.",
  VERDICT_DIFFERS: "The contract, run again, decides otherwise.",
  TILE_DIFFERS: "A tile does not hold the hashes of the entries.",
  ROOT_DIFFERS: "The tree's root is another than the entries lead to.",
  STATE_DIGEST_DIFFERS: "The contract, run again, leads to another state.",
  STATE_ROW_DIFFERS: "A row of the contract's state is another than the entries lead to.",
  CHECKPOINT_DIFFERS: "A checkpoint is malformed, badly signed, or not of this tree.",
  PROJECTION_DIFFERS: "The read model, built again, is another than the one in use.",
  FILE_DIFFERS: "The database file was changed while no program had it open.",
} as const;
export type AuditFinding = keyof typeof auditFindings;

/** The first thing that does not hold. `index` is the entry it concerns, or null when no single entry can be named. */
export interface Bad {
  readonly index: number | null;
  readonly code: AuditFinding;
}

export type AuditResult =
  | {
      readonly ok: true;
      readonly size: number;
      readonly rootHash: string;
      readonly stateDigest: string;
      readonly checkpoints: number;
    }
  | { readonly ok: false; readonly firstBad: Bad };

export interface AuditOptions {
  readonly store: Store;
  readonly contracts: readonly Contract[];
  readonly verification: VerificationPool;
  readonly logKeys: readonly VerifierKey[];
  readonly verifiers: SignatureVerifiers;
  readonly progress?: (done: number, total: number) => void;
}

const chunk = 1024;

/** Audits a store. Whatever does not hold is returned, the first of it by entry; only I/O failures throw. */
export async function audit(options: AuditOptions): Promise<AuditResult> {
  const { store } = options;
  if (store.damage() !== undefined) return { ok: false, firstBad: { index: null, code: "STORE_DAMAGED" } };
  const scratch = openScratchState();
  try {
    const replayed = await replayEntries(options, scratch);
    if ("code" in replayed) return { ok: false, firstBad: replayed };
    const bad = checkHead(store, replayed) ?? checkState(store, scratch) ?? checkCheckpoints(options);
    if (typeof bad === "object") return { ok: false, firstBad: bad };
    const { size } = replayed.edge;
    return {
      ok: true,
      size,
      rootHash: toHex(treeRoot(replayed.edge)),
      stateDigest: toHex(replayed.stateDigest),
      checkpoints: bad,
    };
  } finally {
    scratch.close();
  }
}

interface Replayed {
  readonly edge: TreeEdge;
  readonly stateDigest: Uint8Array;
  readonly recordedAt: string;
}

async function replayEntries(
  { store, contracts, verification, progress }: AuditOptions,
  scratch: ScratchState,
): Promise<Replayed | Bad> {
  const total = store.head().edge.size;
  let reached: Replayed = { edge: emptyEdge, stateDigest: emptyStateDigest, recordedAt: "" };
  for (let from = 0; from < total; from += chunk) {
    const entries = store.entries(from, Math.min(from + chunk, total)).map(parseEntry);
    const missing = entries.findIndex((entry) => entry === undefined);
    if (missing >= 0) return { index: from + missing, code: "ENTRY_MALFORMED" };
    if (entries.length < Math.min(chunk, total - from)) return { index: from + entries.length, code: "ENTRY_MISSING" };
    const next = await replayChunk(store, contracts, verification, scratch, reached, entries as Entry[]);
    if ("code" in next) return next;
    reached = next;
    progress?.(reached.edge.size, total);
  }
  return reached;
}

async function replayChunk(
  store: Store,
  contracts: readonly Contract[],
  verification: VerificationPool,
  scratch: ScratchState,
  before: Replayed,
  entries: readonly Entry[],
): Promise<Replayed | Bad> {
  const from = before.edge.size;
  const statements = entries.map(({ statement }) => statement);
  const examined = await verification.examine(statements, (id) => directory.key(scratch.state, id));
  let { stateDigest, recordedAt } = before;
  for (const [at, entry] of entries.entries()) {
    const index = from + at;
    const bad = checkEntry(store, entry, index, recordedAt);
    if (bad !== undefined) return { index, code: bad };
    const verdict = decideAgain(contracts, scratch.state, entry, examined[at] as ExaminedStatement, index);
    if (!verdict.accepted)
      return { index, code: verdict.code === "SIGNATURE_INVALID" ? "SIGNATURE_INVALID" : "VERDICT_DIFFERS" };
    if (verdict.findings.join() !== entry.findings.join()) return { index, code: "VERDICT_DIFFERS" };
    scratch.write(verdict.writes, entry.statement, index);
    stateDigest = advanceStateDigest(stateDigest, verdict.writes);
    recordedAt = entry.recordedAt;
  }
  const bytes = store.entries(from, from + entries.length);
  const { edge, tiles } = appendLeaves(before.edge, bytes.map(leafHash));
  const differing = firstDifference(store, tiles);
  return differing === undefined ? { edge, stateDigest, recordedAt } : { index: differing, code: "TILE_DIFFERS" };
}

function checkEntry(
  store: Store,
  { statement, recordedAt }: Entry,
  index: number,
  before: string,
): AuditFinding | undefined {
  const found = store.indexOf(statement.id);
  if (found === undefined) return "ENTRY_NOT_INDEXED";
  if (found !== index) return "ENTRY_REPEATED";
  return recordedAt < before ? "TIME_GOES_BACK" : undefined;
}

function decideAgain(
  contracts: readonly Contract[],
  state: State,
  { statement, recordedAt }: Entry,
  examined: ExaminedStatement,
  index: number,
): ReturnType<typeof decide> {
  try {
    const contract = contractAt(contracts, state, index, statement.content);
    return decide(contract, state, { statement, recordedAt, index }, checkOf(examined));
  } catch (thrown) {
    if (thrown instanceof LedgerError && thrown.code === "CONTRACT_UNKNOWN" && index === 0)
      return { accepted: false, code: thrown.code };
    throw thrown;
  }
}

// The first entry whose hash, or a hash above it, is not what a tile holds.
function firstDifference(store: Store, tiles: readonly TileGrowth[]): number | undefined {
  const differing = tiles.flatMap(({ level, index, offset, hashes }) => {
    const stored = store.tile({ level, index })?.subarray(32 * offset, 32 * offset + hashes.length) ?? new Uint8Array();
    const at = Array.from({ length: hashes.length / 32 }, (_, n) => n).find(
      (n) => !equalBytes(stored.subarray(32 * n, 32 * n + 32), hashes.subarray(32 * n, 32 * n + 32)),
    );
    return at === undefined ? [] : [(256 * index + offset + at) * 256 ** level];
  });
  return differing.length === 0 ? undefined : Math.min(...differing);
}

function checkHead(store: Store, replayed: Replayed): Bad | undefined {
  const head = store.head();
  if (!equalBytes(treeRoot(head.edge), treeRoot(replayed.edge))) return { index: null, code: "ROOT_DIFFERS" };
  return equalBytes(head.stateDigest, replayed.stateDigest) ? undefined : { index: null, code: "STATE_DIGEST_DIFFERS" };
}

function checkState(store: Store, scratch: ScratchState): Bad | undefined {
  let rows = 0;
  for (const [key, value] of store.stateRows()) {
    const expected = scratch.state.get(key);
    rows += value === null ? 0 : 1;
    if ((expected === undefined ? null : canonicalJson(expected)) !== value)
      return { index: scratch.writtenBy(key) ?? null, code: "STATE_ROW_DIFFERS" };
  }
  return rows === scratch.rows() ? undefined : { index: null, code: "STATE_ROW_DIFFERS" };
}

// The number of checkpoints, or the first that does not hold.
function checkCheckpoints({ store, logKeys, verifiers }: AuditOptions): Bad | number {
  const reader = logReader(store);
  const { size: total } = store.head().edge;
  let count = 0;
  for (const { size, note } of store.checkpoints()) {
    count++;
    if (!checkpointHolds(note, size, logKeys, verifiers, () => (size <= total ? reader.rootOf(size) : utf8("")))) {
      return { index: Math.min(size, total) - 1, code: "CHECKPOINT_DIFFERS" };
    }
  }
  return count;
}

function checkpointHolds(
  note: string,
  size: number,
  logKeys: readonly VerifierKey[],
  verifiers: SignatureVerifiers,
  rootOf: () => Uint8Array,
): boolean {
  try {
    const signed = parseSignedCheckpoint(note);
    verifyNote(signed.note, logKeys, verifiers);
    return signed.checkpoint.size === size && equalBytes(signed.checkpoint.rootHash, rootOf());
  } catch {
    return false;
  }
}
