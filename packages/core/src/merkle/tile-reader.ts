// Node hashes out of tiles: levels between those that tiles hold are hashed anew. C2SP tlog-tiles § Merkle Tree.
import { CoreError } from "../core-error.ts";
import { hashBytes, nodeHash } from "./hashes.ts";
import { checkSize, type HashReader } from "./node.ts";
import { type Tile, tileOfNode, tileWidth } from "./tiles.ts";

/**
 * Reads nodes of the tree of `size` leaves from its tiles. `readTile` is asked for each tile once, with the width that the tree gives
 * it; it may answer with a wider one, since tiles only grow, or with undefined. What the hashes are worth only a root hash tells.
 * The reader throws TILE_MISSING, TILE_MALFORMED, and keeps what it read and hashed: make one for each batch of proofs, not for ever.
 */
export function tileReader(size: number, readTile: (tile: Tile) => Uint8Array | undefined): HashReader {
  checkSize(size);
  const tiles = new Map<string, OpenTile>();
  return (level, index) => {
    const { tile, begin, end } = tileOfNode({ level, index }, size);
    const name = `${tile.level}/${tile.index}`;
    const open = tiles.get(name) ?? { hashes: checkTile(readTile(tile), tile.width), inner: [] };
    tiles.set(name, open);
    return innerHash(open, begin, end);
  };
}

/** A tile with the nodes between its hashes and its root, as far as they were needed: node n is the parent of 2n and 2n + 1. */
interface OpenTile {
  readonly hashes: Uint8Array;
  readonly inner: Uint8Array[];
}

function innerHash(tile: OpenTile, begin: number, end: number): Uint8Array {
  const width = end - begin;
  if (width === 1) return tile.hashes.subarray(begin * hashBytes, end * hashBytes);
  const place = (tileWidth + begin) / width;
  const middle = begin + width / 2;
  const hash = tile.inner[place] ?? nodeHash(innerHash(tile, begin, middle), innerHash(tile, middle, end));
  tile.inner[place] = hash;
  return hash;
}

function checkTile(bytes: Uint8Array | undefined, width: number): Uint8Array {
  if (bytes === undefined) throw new CoreError("TILE_MISSING");
  if (bytes.length % hashBytes !== 0 || bytes.length < width * hashBytes) throw new CoreError("TILE_MALFORMED");
  return bytes;
}
