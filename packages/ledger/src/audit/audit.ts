// Re-checks everything a store holds: every entry, signature and tile, the contract replayed from empty, state, checkpoints, the file.
import { toHex, treeRoot } from "@fiducial/core";
import { LedgerError } from "../ledger-error.ts";
import { checkCheckpoints } from "./checkpoint-check.ts";
import type { AuditOptions, Bad } from "./findings.ts";
import { nothingReplayed, type Replayed, replayChunk } from "./replay-check.ts";
import { openScratchState, type ScratchState } from "./scratch-state.ts";
import { checkHead, checkState, checkTables } from "./table-check.ts";

export { auditFindings } from "./findings.ts";

/** What an audit comes to. `size` and what follows are those of the moment at which it ended. */
export type AuditResult =
  | {
      readonly ok: true;
      readonly size: number;
      readonly rootHash: string;
      readonly stateDigest: string;
      readonly checkpoints: number;
    }
  | { readonly ok: false; readonly firstBad: Bad };

/** Audits a store, also while it grows. Whatever does not hold is returned, the first of it by entry; only I/O failures throw. */
export async function audit(options: AuditOptions): Promise<AuditResult> {
  const scratch = openScratchState();
  try {
    if (options.store.damage() !== undefined) return bad({ index: null, code: "STORE_DAMAGED" });
    return await auditEntries(options, scratch);
  } catch (thrown) {
    if (!(thrown instanceof LedgerError) || thrown.code !== "STORE_CORRUPT") throw thrown;
    const { index } = thrown.data;
    return bad({ index: typeof index === "number" ? index : null, code: "STORE_DAMAGED" });
  } finally {
    scratch.close();
  }
}

async function auditEntries(options: AuditOptions, scratch: ScratchState): Promise<AuditResult> {
  const { store, progress } = options;
  for (let reached = nothingReplayed; ; ) {
    const total = store.head().edge.size;
    // Nothing waits between this and the end: what is compared is one moment's.
    if (reached.edge.size >= total) return conclude(options, scratch, reached);
    const next = await replayChunk(options, scratch, reached, total);
    if ("code" in next) return bad(next);
    reached = next;
    progress?.(reached.edge.size, total);
  }
}

function conclude(options: AuditOptions, scratch: ScratchState, replayed: Replayed): AuditResult {
  const { store } = options;
  const found =
    checkHead(store, replayed) ?? checkTables(store) ?? checkState(store, scratch) ?? checkCheckpoints(options);
  if (typeof found === "object") return bad(found);
  if (store.fileDiffers()) return bad({ index: null, code: "FILE_DIFFERS" });
  return {
    ok: true,
    size: replayed.edge.size,
    rootHash: toHex(treeRoot(replayed.edge)),
    stateDigest: toHex(replayed.stateDigest),
    checkpoints: found,
  };
}

function bad(firstBad: Bad): AuditResult {
  return { ok: false, firstBad };
}
