// A log as others read it: entries, proofs, and C2SP tiles out of the store. C2SP tlog-tiles.
import {
  encodeEntryBundle,
  type HashReader,
  parseTilePath,
  proveConsistency,
  proveInclusion,
  readTreeEdge,
  tileReader,
  tileWidth,
  treeRoot,
} from "@fiducial/core";
import { LedgerError } from "../ledger-error.ts";
import type { Store } from "../store/store.ts";

/** Reads of one log. Tree sizes may be any up to the log's own. */
export interface LogReader {
  /** The entry's exact bytes. Throws ENTRY_UNKNOWN. */
  entry(index: number): Uint8Array;
  /** Sibling hashes from entry `index` to the root of the tree of `size` entries. Throws INDEX_OUT_OF_TREE, TILE_MISSING. */
  proveInclusion(index: number, size: number): readonly Uint8Array[];
  proveConsistency(oldSize: number, size: number): readonly Uint8Array[];
  rootOf(size: number): Uint8Array;
  /** The bytes of `tile/…` as the tree of `size` entries has it, or undefined. Throws TILE_PATH_MALFORMED. */
  resource(path: string, size: number): { readonly bytes: Uint8Array; readonly kind: "tile" | "entries" } | undefined;
}

/** Reads the log that `store` holds. */
export function logReader(store: Store): LogReader {
  const hashes = (size: number): HashReader => tileReader(size, (tile) => store.tile(tile));

  function entry(index: number): Uint8Array {
    const bytes = store.entry(index);
    if (bytes === undefined) throw new LedgerError("ENTRY_UNKNOWN", { index });
    return bytes;
  }

  return {
    entry,
    proveInclusion: (index, size) => proveInclusion(index, size, hashes(size)).hashes,
    proveConsistency: (oldSize, size) => proveConsistency(oldSize, size, hashes(size)),
    rootOf: (size) => treeRoot(readTreeEdge(size, hashes(size))),

    resource: (path, size) => {
      const resource = parseTilePath(path);
      if (resource.kind === "entries") {
        const from = resource.index * tileWidth;
        const entries = from + resource.width <= size ? store.entries(from, from + resource.width) : [];
        return entries.length === resource.width ? { kind: "entries", bytes: encodeEntryBundle(entries) } : undefined;
      }
      const { level, index, width } = resource.tile;
      const covered = (index * tileWidth + width) * tileWidth ** level;
      const stored = covered <= size ? store.tile({ level, index }) : undefined;
      return stored === undefined || stored.length < 32 * width
        ? undefined
        : { kind: "tile", bytes: stored.subarray(0, 32 * width) };
    },
  };
}
