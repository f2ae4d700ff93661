// An audit of what the tables hold besides the entries: the head, tiles, refusals, indexes, the contract's state.
import { canonicalJson, equalBytes, treeRoot, treeTiles } from "@fiducial/core";
import type { Store } from "../store/store.ts";
import type { Bad } from "./findings.ts";
import type { Replayed } from "./replay-check.ts";
import type { ScratchState } from "./scratch-state.ts";

/** Compares the head with what the entries led to. */
export function checkHead(store: Store, { edge, stateDigest, recordedAt }: Replayed): Bad | undefined {
  const head = store.head();
  if (!equalBytes(treeRoot(head.edge), treeRoot(edge))) return { index: null, code: "ROOT_DIFFERS" };
  if (!equalBytes(head.stateDigest, stateDigest)) return { index: null, code: "STATE_DIGEST_DIFFERS" };
  return head.recordedAt < recordedAt ? { index: edge.size - 1, code: "TIME_GOES_BACK" } : undefined;
}

/** Checks that the tables hold what belongs there and nothing else. */
export function checkTables(store: Store): Bad | undefined {
  const { size } = store.head().edge;
  const { entries, tiles, tileBytes, refusalsHold, idsHold, keysHold } = store.inspection();
  const belonging = [...treeTiles(size)];
  const width = belonging.reduce((sum, tile) => sum + tile.width, 0);
  if (entries !== size) return { index: size, code: "ENTRY_SURPLUS" };
  if (tiles !== belonging.length || tileBytes !== 32 * width) return { index: null, code: "TILE_DIFFERS" };
  if (!refusalsHold) return { index: null, code: "REFUSAL_DIFFERS" };
  return idsHold && keysHold ? undefined : { index: null, code: "INDEX_DIFFERS" };
}

/** Compares the rows of the contract's state with those that the entries led to. */
export function checkState(store: Store, scratch: ScratchState): Bad | undefined {
  let rows = 0;
  for (const [key, value] of store.stateRows()) {
    const expected = scratch.state.get(key);
    rows += value === null ? 0 : 1;
    if ((expected === undefined ? null : canonicalJson(expected)) !== value)
      return { index: scratch.writtenBy(key) ?? null, code: "STATE_ROW_DIFFERS" };
  }
  return rows === scratch.rows() ? undefined : { index: null, code: "STATE_ROW_DIFFERS" };
}
