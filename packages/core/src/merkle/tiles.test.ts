import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { naiveTree } from "../../../../vectors/merkle/naive-tree.ts";
import { concat, toHex, utf8 } from "../encoding/bytes.ts";
import { proveConsistency, verifyConsistency } from "./consistency-proof.ts";
import { leafHash } from "./hashes.ts";
import { proveInclusion, verifyInclusion } from "./inclusion-proof.ts";
import { consistencyTiles, inclusionTiles } from "./proof-tiles.ts";
import { tileReader } from "./tile-reader.ts";
import { entryBundlePath, parseTilePath, type Tile, tileAt, tilePath, treeTiles } from "./tiles.ts";

const entries = Array.from({ length: 600 }, (_, index) => utf8(`entry ${index}`));
const leaves = entries.map(leafHash);
const naive = naiveTree(entries);
const malformed = expect.objectContaining({ code: "TILE_PATH_MALFORMED" });

describe("a tile's path", () => {
  test.each<[string, Tile]>([
    ["tile/0/000", { level: 0, index: 0, width: 256 }],
    ["tile/0/x001/x234/067", { level: 0, index: 1234067, width: 256 }],
    ["tile/1/x001/000.p/255", { level: 1, index: 1000, width: 255 }],
    ["tile/6/000.p/31", { level: 6, index: 0, width: 31 }],
  ])("%s", (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual({ kind: "tile", tile });
  });

  test("comes back, for tiles and entry bundles of any index", () => {
    const tile = fc.record({
      level: fc.integer({ min: 0, max: 3 }),
      index: fc.oneof(fc.nat({ max: 5000 }), fc.integer({ min: 0, max: 2 ** 20 })),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual({ kind: "tile", tile });
        expect(parseTilePath(entryBundlePath(tile))).toEqual({ kind: "entries", index: tile.index, width: tile.width });
      }),
    );
  });

  test("reaches as far as the last leaf below 2^53, and no farther", () => {
    const last = tileAt(0, Math.floor((2 ** 53 - 2) / 256), 2 ** 53 - 1) as Tile;
    expect(last.width).toBe(255);
    expect(parseTilePath(tilePath(last))).toEqual({ kind: "tile", tile: last });
    expect(() => parseTilePath(tilePath({ ...last, width: 256 }))).toThrow(malformed);
    expect(() => parseTilePath(tilePath({ ...last, index: last.index + 1, width: 1 }))).toThrow(malformed);
  });

  test.each([
    "",
    "tile",
    "tile/0",
    "tile/0/",
    "tile/0/0",
    "tile/0/00",
    "tile/0/0000",
    "tile/00/000",
    "tile/6/000.p/32",
    "tile/7/000",
    "tile/64/000",
    "tile/-1/000",
    "tile/+1/000",
    "tile/0/x000/001",
    "tile/0/x000/x001/000",
    "tile/0/001/000",
    "tile/0/x001",
    "tile/0/x001/",
    "tile/0/x001/x000",
    "tile/0/X001/000",
    "tile/0/x999/x999/x999/x999/x999/999",
    "tile/0/x001/x001/x001/x001/x001/x001/001",
    "tile/0/000.p",
    "tile/0/000.p/",
    "tile/0/000.p/0",
    "tile/0/000.p/01",
    "tile/0/000.p/256",
    "tile/0/000.p/999",
    "tile/0/000.p/-1",
    "tile/0/000.p/1/",
    "tile/0/000/",
    "/tile/0/000",
    "tile//000",
    "tile/0/../000",
    "tile/0/000\n",
    "tile/0/000.p/1\n",
    "tile/0/٠٠٠",
    "tile/entries",
    "tile/entries/0",
    "tile/entries/000.p/256",
    "tile/data/000",
    "tile/0/%30%30%30",
  ])("is not %j", (path) => {
    expect(() => parseTilePath(path)).toThrow(malformed);
  });
});

describe("the tiles of a tree", () => {
  test("of 70,000 leaves and of 256 are those the specification counts", () => {
    const widths = [...treeTiles(70_000)].map(tilePath);
    expect(widths.length).toBe(273 + 1 + 1 + 1 + 1);
    expect(widths.slice(272)).toEqual([
      "tile/0/272",
      "tile/0/273.p/112",
      "tile/1/000",
      "tile/1/001.p/17",
      "tile/2/000.p/1",
    ]);
    expect([...treeTiles(256)].map(tilePath)).toEqual(["tile/0/000", "tile/1/000.p/1"]);
    expect([...treeTiles(0)]).toEqual([]);
  });
});

describe("reading nodes from tiles", () => {
  const tileBytes = ({ level, index, width }: Tile) => {
    const span = 256 ** level;
    return concat(
      ...Array.from({ length: width }, (_, n) => naive.root((index * 256 + n) * span, (index * 256 + n + 1) * span)),
    );
  };

  test("gives proofs that verify, from no more tiles than were named", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.nat(), (size, seed) => {
        const index = seed % size;
        const oldSize = 1 + (seed % size);
        const head = { size, rootHash: naive.root(0, size) };
        const inclusion = recorder(tileBytes);
        verifyInclusion(
          leaves[index] as Uint8Array,
          proveInclusion(index, size, tileReader(size, inclusion.read)),
          head,
        );
        expect(inclusion.paths()).toEqual(inclusionTiles(index, size).map(tilePath).sort());
        const consistency = recorder(tileBytes);
        const proof = proveConsistency(oldSize, size, tileReader(size, consistency.read));
        verifyConsistency({ size: oldSize, rootHash: naive.root(0, oldSize) }, head, proof);
        expect(consistency.paths()).toEqual(consistencyTiles(oldSize, size).map(tilePath).sort());
      }),
    );
  });

  test("takes a wider tile for a narrower one", () => {
    const wider = tileReader(300, (tile) => tileBytes(tileAt(tile.level, tile.index, 600) as Tile));
    expect(toHex(wider(3, 36))).toBe(toHex(naive.root(288, 296)));
    const proof = proveInclusion(299, 300, wider);
    verifyInclusion(leaves[299] as Uint8Array, proof, { size: 300, rootHash: naive.root(0, 300) });
  });

  test("finds out missing, short and ragged tiles, and nodes the tree does not have", () => {
    const reader = (bytes: Uint8Array | undefined) => tileReader(10, () => bytes);
    expect(() => reader(undefined)(0, 3)).toThrow(expect.objectContaining({ code: "TILE_MISSING" }));
    expect(() => reader(new Uint8Array(9 * 32))(0, 3)).toThrow(expect.objectContaining({ code: "TILE_MALFORMED" }));
    expect(() => reader(new Uint8Array(10 * 32 + 1))(0, 3)).toThrow(
      expect.objectContaining({ code: "TILE_MALFORMED" }),
    );
    for (const [level, index] of [
      [0, 10],
      [1, 5],
      [3, 1],
      [4, 0],
      [8, 0],
    ] as const) {
      expect(() => reader(new Uint8Array(256 * 32))(level, index)).toThrow(
        expect.objectContaining({ code: "TILE_MISSING" }),
      );
    }
  });
});

function recorder(tileBytes: (tile: Tile) => Uint8Array) {
  const paths: string[] = [];
  return {
    read: (tile: Tile) => {
      paths.push(tilePath(tile));
      return tileBytes(tile);
    },
    paths: () => paths.sort(),
  };
}
