// An audit's way through the entries: each read strictly, found by its id, verified, decided again, and hashed into the tiles.
import { advanceStateDigest, decide, directory, emptyStateDigest, type Write } from "@fiducial/contract";
import {
  appendLeaves,
  type Entry,
  emptyEdge,
  equalBytes,
  leafHash,
  parseEntry,
  type TileGrowth,
  type TreeEdge,
} from "@fiducial/core";
import { LedgerError } from "../ledger-error.ts";
import { checkOf, contractAt } from "../replica/sequencer.ts";
import type { Store } from "../store/store.ts";
import type { ExaminedStatement } from "../verification/pool.ts";
import type { AuditFinding, AuditOptions, Bad } from "./findings.ts";
import type { ScratchState } from "./scratch-state.ts";

/** How far an audit has come, and what the entries lead to until there. */
export interface Replayed {
  readonly edge: TreeEdge;
  readonly stateDigest: Uint8Array;
  readonly recordedAt: string;
}

/** Where an audit begins. */
export const nothingReplayed: Replayed = { edge: emptyEdge, stateDigest: emptyStateDigest, recordedAt: "" };

const chunk = 1024;

/** Replays the next of `total` entries. Returns how far it came, or the first entry that does not hold. */
export async function replayChunk(
  options: AuditOptions,
  scratch: ScratchState,
  before: Replayed,
  total: number,
): Promise<Replayed | Bad> {
  const { store, verification } = options;
  const from = before.edge.size;
  const to = Math.min(from + chunk, total);
  const bytes = store.entries(from, to);
  const entries = readableOf(bytes);
  const { edge, tiles } = appendLeaves(before.edge, bytes.map(leafHash));
  const differing = firstDifference(store, tiles) ?? Number.POSITIVE_INFINITY;
  const statements = entries.map(({ statement }) => statement);
  const examined = await verification.examine(statements, (id) => directory.key(scratch.state, id));
  let { stateDigest, recordedAt } = before;
  for (const [at, entry] of entries.entries()) {
    const index = from + at;
    const misplaced = checkPlace(store, entry, index, recordedAt);
    if (misplaced !== undefined) return { index, code: misplaced };
    const writes = decideAgain(options, scratch, entry, examined[at] as ExaminedStatement, index);
    if (typeof writes === "string") return { index, code: writes };
    if (differing <= index) return { index: differing, code: "TILE_DIFFERS" };
    scratch.write(writes, entry.statement, index);
    stateDigest = advanceStateDigest(stateDigest, writes);
    recordedAt = entry.recordedAt;
  }
  if (entries.length < bytes.length) return { index: from + entries.length, code: "ENTRY_MALFORMED" };
  if (entries.length < to - from) return { index: from + entries.length, code: "ENTRY_MISSING" };
  return { edge, stateDigest, recordedAt };
}

// The entries up to the first that is in none, or not in its one exact form.
function readableOf(bytes: readonly Uint8Array[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (const one of bytes) {
    const entry = parseEntry(one);
    if (entry === undefined) break;
    entries.push(entry);
  }
  return entries;
}

function checkPlace(
  store: Store,
  { statement, recordedAt }: Entry,
  index: number,
  before: string,
): AuditFinding | undefined {
  const found = store.indexOf(statement.id);
  if (found === undefined) return "ENTRY_NOT_INDEXED";
  if (!Object.is(found, index)) return store.entry(index) === undefined ? "ENTRY_MISSING" : "ENTRY_REPEATED";
  return recordedAt < before ? "TIME_GOES_BACK" : undefined;
}

// What the entry changes in the contract's state, or why it should not be there as it is.
function decideAgain(
  { contracts }: AuditOptions,
  { state }: ScratchState,
  { statement, recordedAt, findings }: Entry,
  examined: ExaminedStatement,
  index: number,
): readonly Write[] | AuditFinding {
  try {
    const contract = contractAt(contracts, state, index, statement.content);
    const verdict = decide(contract, state, { statement, recordedAt, index }, checkOf(examined));
    if (verdict.accepted) return verdict.findings.join() === findings.join() ? verdict.writes : "VERDICT_DIFFERS";
    return verdict.code === "SIGNATURE_INVALID" ? "SIGNATURE_INVALID" : "VERDICT_DIFFERS";
  } catch (thrown) {
    // Entry 0 names its contract itself: a name that nobody knows is more likely false than new.
    if (thrown instanceof LedgerError && thrown.code === "CONTRACT_UNKNOWN" && index === 0) return "VERDICT_DIFFERS";
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
