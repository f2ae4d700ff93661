import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { naiveTree } from "../../../../vectors/merkle/naive-tree.ts";
import { concat, toHex, utf8 } from "../encoding/bytes.ts";
import { emptyRoot, leafHash } from "./hashes.ts";
import type { TileGrowth } from "./tile-growth.ts";
import { tileReader } from "./tile-reader.ts";
import {
  appendLeaf,
  appendLeaves,
  decodeTreeEdge,
  emptyEdge,
  encodeTreeEdge,
  merkleRoot,
  readTreeEdge,
  type TreeEdge,
  treeRoot,
} from "./tree.ts";

const entries = Array.from({ length: 257 }, (_, index) => utf8(`entry ${index}`));
const leaves = entries.map(leafHash);
const naive = naiveTree(entries);

describe("the root hash", () => {
  test("is that of the definition for every size from 0 to 257, appended one by one or at once", () => {
    let edge = emptyEdge;
    for (let size = 0; size <= leaves.length; size++) {
      const expected = toHex(naive.root(0, size));
      expect(toHex(treeRoot(edge))).toBe(expected);
      expect(toHex(merkleRoot(leaves.slice(0, size)))).toBe(expected);
      expect(toHex(treeRoot(appendLeaves(emptyEdge, leaves.slice(0, size)).edge))).toBe(expected);
      if (size < leaves.length) edge = appendLeaf(edge, leaves[size] as Uint8Array);
    }
  });

  test("of no leaves is the hash of nothing", () => {
    expect(toHex(emptyRoot())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });
});

describe("appending", () => {
  test("in any batches gives the same edge and the same tiles", () => {
    const many = manyLeaves(70_000);
    const atOnce = appendLeaves(emptyEdge, many);
    const expected = tilesOf([atOnce.tiles]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 6 }), (cuts) => {
        const bounds = [0, ...cuts.sort((a, b) => a - b), many.length];
        let edge: TreeEdge = emptyEdge;
        const growths: (readonly TileGrowth[])[] = [];
        for (let cut = 1; cut < bounds.length; cut++) {
          const step = appendLeaves(edge, many.slice(bounds[cut - 1], bounds[cut]));
          growths.push(step.tiles);
          edge = step.edge;
        }
        expect(edge).toEqual(atOnce.edge);
        expect(tilesOf(growths)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  test("gives the tile widths that the specification names for 70,000 leaves", () => {
    const widths = [...tilesOf([appendLeaves(emptyEdge, manyLeaves(70_000)).tiles])].map(([name, bytes]) => [
      name,
      bytes.length / 32,
    ]);
    expect(widths.filter(([name]) => String(name).startsWith("0/")).length).toBe(274);
    expect(Object.fromEntries(widths)).toMatchObject({ "0/272": 256, "0/273": 112, "1/0": 256, "1/1": 17, "2/0": 1 });
    expect(widths.length).toBe(277);
  });

  test("leaves the edge it was given as it was", () => {
    const edge = appendLeaves(emptyEdge, leaves.slice(0, 100)).edge;
    const before = toHex(encodeTreeEdge(edge));
    appendLeaves(edge, leaves.slice(100));
    appendLeaf(edge, leaves[100] as Uint8Array);
    expect(toHex(encodeTreeEdge(edge))).toBe(before);
  });

  test("refuses what is no hash, and a tree too large to count", () => {
    expect(() => appendLeaves(emptyEdge, [new Uint8Array(31)])).toThrow(
      expect.objectContaining({ code: "HASH_LENGTH_WRONG" }),
    );
    expect(() => merkleRoot([new Uint8Array(33)])).toThrow(expect.objectContaining({ code: "HASH_LENGTH_WRONG" }));
    const full: TreeEdge = {
      size: Number.MAX_SAFE_INTEGER,
      hashes: Array.from({ length: 53 }, () => leaves[0] as Uint8Array),
    };
    expect(() => appendLeaf(full, leaves[0] as Uint8Array)).toThrow(
      expect.objectContaining({ code: "SIZE_OUT_OF_RANGE" }),
    );
    expect(() => appendLeaves(full, leaves)).toThrow(expect.objectContaining({ code: "SIZE_OUT_OF_RANGE" }));
  });
});

describe("an edge", () => {
  test("comes back from its bytes and from the tiles, for every size", () => {
    for (let size = 0; size <= leaves.length; size++) {
      const { edge, tiles } = appendLeaves(emptyEdge, leaves.slice(0, size));
      const written = tilesOf([tiles]);
      expect(decodeTreeEdge(encodeTreeEdge(edge))).toEqual(edge);
      expect(
        readTreeEdge(
          size,
          tileReader(size, ({ level, index }) => written.get(`${level}/${index}`)),
        ),
      ).toEqual(edge);
    }
  });

  test("is exact at the largest size", () => {
    const edge: TreeEdge = {
      size: Number.MAX_SAFE_INTEGER,
      hashes: Array.from({ length: 53 }, () => new Uint8Array(32)),
    };
    expect(decodeTreeEdge(encodeTreeEdge(edge))).toEqual(edge);
  });

  test("has one exact length", () => {
    const bytes = encodeTreeEdge(appendLeaves(emptyEdge, leaves.slice(0, 5)).edge);
    const malformed = expect.objectContaining({ code: "TREE_EDGE_MALFORMED" });
    for (const bad of [
      bytes.subarray(1),
      bytes.subarray(0, -1),
      concat(bytes, Uint8Array.of(0)),
      bytes.subarray(0, 7),
      new Uint8Array(),
    ]) {
      expect(() => decodeTreeEdge(bad)).toThrow(malformed);
    }
    expect(() => decodeTreeEdge(concat(new Uint8Array(8).fill(255), bytes.subarray(8)))).toThrow(malformed);
  });
});

function manyLeaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const hash = new Uint8Array(32);
    new DataView(hash.buffer).setUint32(0, index);
    return hash;
  });
}

// Plays the store: each growth must begin where its tile ends.
function tilesOf(growths: readonly (readonly TileGrowth[])[]): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  for (const { level, index, offset, hashes } of growths.flat()) {
    const before = tiles.get(`${level}/${index}`) ?? new Uint8Array();
    expect(before.length).toBe(offset * 32);
    tiles.set(`${level}/${index}`, concat(before, hashes));
  }
  return tiles;
}
