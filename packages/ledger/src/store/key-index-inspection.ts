// Looks at an index as it lies on disk: whether its runs are in order, and their first keys and filters those of their pairs.
import type { DatabaseSync } from "node:sqlite";
import { equalBytes } from "@fiducial/core";
import { bloomFilter } from "./bloom-filter.ts";
import { chunkKeys, doubles } from "./sorted-run.ts";

/** How many pairs an index holds, and whether its runs are sound: then a key that is in one is found there. */
export interface KeyIndexInspection {
  readonly pairs: number;
  readonly sound: boolean;
}

interface RunRow {
  readonly id: number;
  readonly firstKeys: Uint8Array;
  readonly filter: Uint8Array;
}

/** Inspects the index `name`, one chunk in memory at a time. */
export function inspectKeyIndex(database: DatabaseSync, name: string): KeyIndexInspection {
  const runs = database
    .prepare(`SELECT id, firstKeys, filter FROM ${name}_run ORDER BY id`)
    .all() as unknown as RunRow[];
  const sizes = runs.map((run) => inspectRun(database, name, run));
  const { chunks } = database.prepare(`SELECT count(*) AS chunks FROM ${name}_chunk`).get() as { chunks: number };
  const { bytes } = database.prepare(`SELECT total(length(pairs)) AS bytes FROM ${name}_batch`).get() as {
    bytes: number;
  };
  return {
    pairs: bytes / 16 + sizes.reduce((sum, { pairs }) => sum + pairs, 0),
    sound: sizes.every(({ sound }) => sound) && sizes.reduce((sum, size) => sum + size.chunks, 0) === chunks,
  };
}

function inspectRun(
  database: DatabaseSync,
  name: string,
  run: RunRow,
): KeyIndexInspection & { readonly chunks: number } {
  const measure = database.prepare(`SELECT total(length(pairs)) / 16 AS pairs FROM ${name}_chunk WHERE run = ?`);
  const { pairs } = measure.get(run.id) as { pairs: number };
  const firstKeys = doubles(run.firstKeys);
  const filter = bloomFilter(pairs);
  const rows = database.prepare(`SELECT number, pairs FROM ${name}_chunk WHERE run = ? ORDER BY number`);
  let chunks = 0;
  let sound = true;
  let before = -1;
  for (const { number, pairs: bytes } of rows.iterate(run.id) as Iterable<{ number: number; pairs: Uint8Array }>) {
    const chunk = doubles(bytes);
    sound &&= number === chunks && chunk[0] === firstKeys[chunks];
    sound &&= chunk.length === 2 * Math.min(chunkKeys, pairs - chunks * chunkKeys);
    chunks++;
    for (let at = 0; at < chunk.length; at += 2) {
      const key = chunk[at] as number;
      sound &&= key >= before;
      before = key;
      filter.add(key);
    }
  }
  return { pairs, chunks, sound: sound && chunks === firstKeys.length && equalBytes(filter.bytes, run.filter) };
}
