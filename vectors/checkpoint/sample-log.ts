// The log that the vectors speak of: its entries, heads and keys.
import { naiveTree } from "../merkle/naive-tree.ts";
import { checkpointText, logKey, mlDsa44WitnessKey, witnessKey } from "./notary.ts";

/** The log's name. */
export const origin = "log.example/imaging";

/** Entries 0 to 8. */
export const entries = Array.from({ length: 9 }, (_, index) => Buffer.from(`entry ${index}`));

/** The tree over the entries. */
export const tree = naiveTree(entries);

/** The log's key. */
export const log = logKey(origin);

/** The key of another log. */
export const otherLog = logKey("log.example/other");

/** Witnesses with the times at which they cosign. */
export const witnesses = {
  north: witnessKey("witness.example/north", 1_789_000_000),
  south: witnessKey("witness.example/south", 1_789_000_001),
  east: witnessKey("witness.example/east", 1_789_000_002),
  west: witnessKey("witness.example/west", 1_789_000_003),
  quantum: mlDsa44WitnessKey("witness.example/quantum", 1_789_000_004),
};

/** Returns the checkpoint text of the log at a size. */
export function textAt(size: number): string {
  return checkpointText(origin, size, tree.root(0, size));
}
