// What an append adds to tiles, gathered row by row in one buffer each. C2SP tlog-tiles § Merkle Tree.
import { hashBytes } from "./hashes.ts";
import { tileHeight, tileWidth } from "./tiles.ts";

/** Hashes to add to one tile: `hashes` (32 bytes each, end to end) follow the `offset` hashes that the tile had. */
export interface TileGrowth {
  readonly level: number;
  readonly index: number;
  readonly offset: number;
  readonly hashes: Uint8Array;
}

/** A tile level while the tree grows: room for the hashes from `begin` on, of which `count` are there. */
export interface TileRow {
  readonly level: number;
  readonly begin: number;
  readonly hashes: Uint8Array;
  count: number;
}

/** Makes room for every hash that tiles gain while a tree grows from one size to another, lowest level first. */
export function tileRows(oldSize: number, newSize: number): TileRow[] {
  const rows: TileRow[] = [];
  let [begin, end] = [oldSize, newSize];
  while (begin < end) {
    rows.push({ level: rows.length, begin, count: 0, hashes: new Uint8Array((end - begin) * hashBytes) });
    begin = Math.floor(begin / tileWidth);
    end = Math.floor(end / tileWidth);
  }
  return rows;
}

/** Adds the next node of `level`, a level of the tree: tiles hold every eighth. */
export function putNode(rows: readonly TileRow[], level: number, hash: Uint8Array): void {
  if (level % tileHeight !== 0) return;
  const row = rows[level / tileHeight];
  row?.hashes.set(hash, row.count++ * hashBytes);
}

/** Returns what each tile gains, by level and index. */
export function growthOfRows(rows: readonly TileRow[]): TileGrowth[] {
  return rows.flatMap(tilesOfRow);
}

function tilesOfRow({ level, begin, count, hashes }: TileRow): TileGrowth[] {
  const tiles: TileGrowth[] = [];
  for (let at = begin; at < begin + count; ) {
    const offset = at % tileWidth;
    const next = Math.min(at - offset + tileWidth, begin + count);
    tiles.push({
      level,
      index: (at - offset) / tileWidth,
      offset,
      hashes: hashes.subarray((at - begin) * hashBytes, (next - begin) * hashBytes),
    });
    at = next;
  }
  return tiles;
}
