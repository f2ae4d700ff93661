// Node hashes out of tiles: levels between those that tiles hold are hashed anew. C2SP tlog-tiles § Merkle Tree.
import { CoreError } from "../core-error.ts";
import { hashBytes, nodeHash } from "./hashes.ts";
import { checkSize, type HashReader } from "./node.ts";
import { type Tile, tileOfNode } from "./tiles.ts";

/**
 * Reads nodes of the tree of `size` leaves from its tiles. `readTile` is asked for each tile once, with the width that the tree gives
 * it; it may answer with a wider one, since tiles only grow, or with undefined. What the hashes are worth only a root hash tells.
 * The reader throws TILE_MISSING, TILE_MALFORMED, and keeps what it read: make one for each use, not for ever.
 */
export function tileReader(size: number, readTile: (tile: Tile) => Uint8Array | undefined): HashReader {
  checkSize(size);
  const tiles = new Map<string, Uint8Array>();
  const nodes = new Map<string, Uint8Array>();

  const tileBytes = (tile: Tile): Uint8Array => {
    const name = `${tile.level}/${tile.index}`;
    const bytes = tiles.get(name) ?? checkTile(readTile(tile), tile.width);
    tiles.set(name, bytes);
    return bytes;
  };
  const read: HashReader = (level, index) => {
    const { tile, begin, end } = tileOfNode({ level, index }, size);
    if (end - begin === 1) return tileBytes(tile).subarray(begin * hashBytes, end * hashBytes);
    const name = `${level}/${index}`;
    const hash = nodes.get(name) ?? nodeHash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
    nodes.set(name, hash);
    return hash;
  };
  return read;
}

function checkTile(bytes: Uint8Array | undefined, width: number): Uint8Array {
  if (bytes === undefined) throw new CoreError("TILE_MISSING");
  if (bytes.length % hashBytes !== 0 || bytes.length < width * hashBytes) throw new CoreError("TILE_MALFORMED");
  return bytes;
}
