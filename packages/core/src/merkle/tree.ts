// The growing tree: its right edge is all that appending needs. RFC 9162 § 2.1; what is appended comes out as tiles, C2SP tlog-tiles.
import { CoreError } from "../core-error.ts";
import { concat } from "../encoding/bytes.ts";
import { checkHash, emptyRoot, hashBytes, nodeHash } from "./hashes.ts";
import { checkSize, type HashReader, perfectSubtrees } from "./node.ts";
import { growthOfRows, putNode, type TileGrowth, type TileRow, tileRows } from "./tile-growth.ts";

/** Names one state of a tree. A checkpoint is one. */
export interface TreeHead {
  readonly size: number;
  readonly rootHash: Uint8Array;
}

/** The right edge of a tree: the roots of the perfect subtrees it is made of, largest first. A value: appending gives another. */
export interface TreeEdge {
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

/** What an append leaves behind: the new edge, and the hashes to add to tiles, each tile once, by level and index. */
export interface Append {
  readonly edge: TreeEdge;
  readonly tiles: readonly TileGrowth[];
}

/** The edge of the tree without leaves. */
export const emptyEdge: TreeEdge = { size: 0, hashes: [] };

/** Appends leaves in order. The given edge stays good, so a failed commit needs no undoing. Throws HASH_LENGTH_WRONG, SIZE_OUT_OF_RANGE. */
export function appendLeaves(edge: TreeEdge, leafHashes: readonly Uint8Array[]): Append {
  const rows = tileRows(edge.size, checkSize(edge.size + leafHashes.length));
  const hashes = [...edge.hashes];
  let size = edge.size;
  for (const leafHash of leafHashes) pushLeaf(hashes, size++, leafHash, rows);
  return { edge: { size, hashes }, tiles: growthOfRows(rows) };
}

/** Appends one leaf where no tiles are kept. Throws HASH_LENGTH_WRONG, SIZE_OUT_OF_RANGE. */
export function appendLeaf(edge: TreeEdge, leafHash: Uint8Array): TreeEdge {
  const hashes = [...edge.hashes];
  const size = checkSize(edge.size + 1);
  pushLeaf(hashes, edge.size, leafHash);
  return { size, hashes };
}

/** Returns the root hash of the tree with this edge. RFC 9162 § 2.1.1. */
export function treeRoot({ size, hashes }: TreeEdge): Uint8Array {
  return size === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** Returns the root hash of the tree of these leaves. Throws HASH_LENGTH_WRONG. RFC 9162 § 2.1.1. */
export function merkleRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  const hashes: Uint8Array[] = [];
  for (let index = 0; index < leafHashes.length; index++) pushLeaf(hashes, index, leafHashes[index] as Uint8Array);
  return treeRoot({ size: leafHashes.length, hashes });
}

/** Reads the edge of a tree of `size` leaves back from its nodes: what a log does at start. Throws SIZE_OUT_OF_RANGE and what `read` throws. */
export function readTreeEdge(size: number, read: HashReader): TreeEdge {
  return { size, hashes: edgeNodes(size).map(({ level, index }) => read(level, index)) };
}

/** Writes an edge: its size as eight bytes, big-endian, then its hashes. */
export function encodeTreeEdge({ size, hashes }: TreeEdge): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(size));
  return concat(head, ...hashes);
}

/** Reads what encodeTreeEdge wrote. Throws TREE_EDGE_MALFORMED. */
export function decodeTreeEdge(bytes: Uint8Array): TreeEdge {
  const size = bytes.length < 8 ? -1 : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(size) || size < 0) throw new CoreError("TREE_EDGE_MALFORMED");
  const count = edgeNodes(size).length;
  if (bytes.length !== 8 + count * hashBytes) throw new CoreError("TREE_EDGE_MALFORMED");
  return {
    size,
    hashes: Array.from({ length: count }, (_, n) => bytes.slice(8 + n * hashBytes, 8 + (n + 1) * hashBytes)),
  };
}

function edgeNodes(size: number): ReturnType<typeof perfectSubtrees> {
  return perfectSubtrees({ begin: 0, end: checkSize(size) });
}

// Leaf `index` closes a perfect subtree for each low bit set in its index: those roots leave the edge, theirs joins it.
function pushLeaf(hashes: Uint8Array[], index: number, leafHash: Uint8Array, rows: readonly TileRow[] = []): void {
  let hash = checkHash(leafHash);
  let level = 0;
  putNode(rows, level, hash);
  for (let rest = index; rest % 2 === 1; rest = (rest - 1) / 2) {
    hash = nodeHash(hashes.pop() as Uint8Array, hash);
    putNode(rows, ++level, hash);
  }
  hashes.push(hash);
}
