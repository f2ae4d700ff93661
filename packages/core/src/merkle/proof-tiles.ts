// Which tiles a proof needs: what a client fetches before it builds one. C2SP tlog-tiles § Merkle Tree.
import { consistencySpans } from "./consistency-proof.ts";
import { inclusionSpans } from "./inclusion-proof.ts";
import { perfectSubtrees, type Span } from "./node.ts";
import { type Tile, tileOfNode } from "./tiles.ts";

/** Returns the tiles that hold a proof of leaf `index` in a tree of `size` leaves, each once. Throws INDEX_OUT_OF_TREE, SIZE_OUT_OF_RANGE. */
export function inclusionTiles(index: number, size: number): Tile[] {
  return tilesOfSpans(inclusionSpans(index, size), size);
}

/** Returns the tiles, of the tree of `newSize` leaves, that hold a proof from `oldSize` to it, each once. Throws SIZE_OUT_OF_RANGE. */
export function consistencyTiles(oldSize: number, newSize: number): Tile[] {
  return tilesOfSpans(consistencySpans(oldSize, newSize), newSize);
}

function tilesOfSpans(spans: readonly Span[], size: number): Tile[] {
  const tiles = spans.flatMap(perfectSubtrees).map((node) => tileOfNode(node, size).tile);
  return [...new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile])).values()];
}
