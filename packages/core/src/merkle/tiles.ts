// Tiles: which a tree has, which holds a node, and their paths. C2SP tlog-tiles § Merkle Tree, § Log entries.
import { CoreError } from "../core-error.ts";
import { checkSize, type NodeCoordinate } from "./node.ts";

/** Levels of the tree in one tile. */
export const tileHeight = 8;

/** Hashes in a full tile, and entries in a full bundle. */
export const tileWidth = 256;

/** A tile with its width, 1 to 256 hashes. At level 0 they are leaf hashes, above it the roots of full tiles one level below. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** What a path names: a hash tile, or the bundle of the entries whose leaf hashes are in the level 0 tile of that index. */
export type TileResource =
  | { readonly kind: "tile"; readonly tile: Tile }
  | { readonly kind: "entries"; readonly index: number; readonly width: number };

/** Returns tile `index` of `level` as it is in a tree of `size` leaves, or undefined when it holds nothing there. */
export function tileAt(level: number, index: number, size: number): Tile | undefined {
  const width = Math.min(Math.floor(size / tileWidth ** level) - index * tileWidth, tileWidth);
  return width > 0 ? { level, index, width } : undefined;
}

/** Yields every tile of a tree of `size` leaves, level by level; those of level 0 are also its entry bundles. Throws SIZE_OUT_OF_RANGE. */
export function* treeTiles(size: number): Generator<Tile, void, undefined> {
  let width = checkSize(size);
  for (let level = 0; width > 0; level++, width = Math.floor(width / tileWidth)) {
    for (let index = 0; index * tileWidth < width; index++) yield tileAt(level, index, size) as Tile;
  }
}

/** Returns the tile that holds a node of a tree of `size` leaves, and the hashes [begin, end) of it whose root the node is. Throws TILE_MISSING. */
export function tileOfNode({ level, index }: NodeCoordinate, size: number): { tile: Tile; begin: number; end: number } {
  const span = 2 ** (level % tileHeight);
  const tileLevel = Math.floor(level / tileHeight);
  const tile = tileAt(tileLevel, Math.floor((index * span) / tileWidth), size);
  const begin = (index * span) % tileWidth;
  if (tile === undefined || begin + span > tile.width) throw new CoreError("TILE_MISSING");
  return { tile, begin, end: begin + span };
}

/** Writes the path of a hash tile, as `tile/0/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${indexPath(index)}${partialSuffix(width)}`;
}

/** Writes the path of an entry bundle, as `tile/entries/000`. */
export function entryBundlePath({ index, width }: Pick<Tile, "index" | "width">): string {
  return `tile/entries/${indexPath(index)}${partialSuffix(width)}`;
}

/** Reads the one exact path of a tile or entry bundle; levels and indexes reach as far as trees below 2^53 leaves. Throws TILE_PATH_MALFORMED. */
export function parseTilePath(path: string): TileResource {
  const [, room, groups, partial] = pathPattern.exec(path) ?? [];
  if (room === undefined || groups === undefined) throw new CoreError("TILE_PATH_MALFORMED");
  const index = Number(groups.replaceAll(/[x/]/g, ""));
  const width = Number(partial ?? tileWidth);
  const level = room === "entries" ? 0 : Number(room);
  const coversAtMost = (index * tileWidth + width) * tileWidth ** level;
  if (!Number.isSafeInteger(coversAtMost) || Number(partial ?? 1) >= tileWidth)
    throw new CoreError("TILE_PATH_MALFORMED");
  return room === "entries" ? { kind: "entries", index, width } : { kind: "tile", tile: { level, index, width } };
}

// Groups of three digits; only the first group may begin with zeros, and an all-zero one stands alone.
const pathPattern = /^tile\/(entries|[0-6])\/(\d{3}|(?!x000)(?:x\d{3}\/){1,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

function indexPath(index: number): string {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  return groups.join("/");
}

function partialSuffix(width: number): string {
  return width === tileWidth ? "" : `.p/${width}`;
}
