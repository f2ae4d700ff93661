// What an audit asks of a store besides what its reads show: what lies in the tables that nobody reads, and where its indexes lead.
import type { DatabaseSync } from "node:sqlite";
import { equalBytes, toHex } from "@fiducial/core";
import { advanceRefusals, firstHeadRow, type HeadRow } from "./head-row.ts";
import { inspectKeyIndex } from "./key-index-inspection.ts";
import type { StateRows } from "./state-rows.ts";

/** Counts and verdicts about the tables as they lie on disk. */
export interface Inspection {
  readonly entries: number;
  readonly tiles: number;
  /** Bytes in all tiles together. */
  readonly tileBytes: number;
  /** Whether the refusals are those that were written, in their order. */
  readonly refusalsHold: boolean;
  /** Whether the index of statement ids has one pair for each entry and is in order. */
  readonly idsHold: boolean;
  /** Whether the index of state keys leads to every row, and has no other pair. */
  readonly keysHold: boolean;
}

/** Inspects the database whose head is `head`. */
export function inspect(database: DatabaseSync, head: HeadRow, rows: StateRows): Inspection {
  const measure = (query: string) => database.prepare(query).get() as Record<"count" | "bytes", number>;
  const entries = measure("SELECT count(*) AS count FROM entry").count;
  const tiles = measure("SELECT count(*) AS count, total(length(hashes)) AS bytes FROM tile");
  const ids = inspectKeyIndex(database, "id");
  return {
    entries,
    tiles: tiles.count,
    tileBytes: tiles.bytes,
    refusalsHold: equalBytes(refusalDigest(database), head.refusals),
    idsHold: ids.sound && ids.pairs === entries,
    keysHold: keysHold(database, rows),
  };
}

type StoredRefusal = Readonly<Record<"kind" | "code" | "recordedAt", string>> & { readonly id: Uint8Array };

function refusalDigest(database: DatabaseSync): Uint8Array {
  let digest = firstHeadRow.refusals;
  const refusals = database.prepare("SELECT id, kind, code, recordedAt FROM refusal ORDER BY seq");
  for (const { id, kind, code, recordedAt } of refusals.iterate() as Iterable<StoredRefusal>)
    digest = advanceRefusals(digest, [toHex(id), kind, code, recordedAt]);
  return digest;
}

function keysHold(database: DatabaseSync, rows: StateRows): boolean {
  const { pairs, sound } = inspectKeyIndex(database, "state");
  let count = 0;
  for (const { row, key } of database.prepare("SELECT row, key FROM state").iterate() as Iterable<{
    row: number;
    key: string;
  }>) {
    count++;
    if (!rows.leadsTo(key, row)) return false;
  }
  return sound && pairs === count;
}
