import { join } from "node:path";
import { decodeEntryBundle, toHex, verifyConsistency, verifyInclusion } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { naiveTree } from "../../../../vectors/merkle/naive-tree.ts";
import { appended } from "../conformance/plain-entries.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { openStore } from "../store/store.ts";
import { logReader } from "./log-reader.ts";

const size = 700;

function sampleLog() {
  const store = openStore(join(scratchFolder(), "ledger.db"));
  onTestFinished(() => store.close());
  for (const count of [1, 254, 1, 1, 300, 143]) appended(store, count);
  return { store, reader: logReader(store), entries: store.entries(0, size) };
}

describe("resources", () => {
  test("of older sizes are the beginnings of newer ones", () => {
    const { reader, entries } = sampleLog();
    const tree = naiveTree(entries);
    const tile = reader.resource("tile/0/001.p/5", 261);
    expect(tile?.kind).toBe("tile");
    expect(toHex(tile?.bytes as Uint8Array)).toBe(
      Array.from({ length: 5 }, (_, at) => toHex(tree.root(256 + at, 257 + at))).join(""),
    );
    expect(reader.resource("tile/0/001.p/188", size)?.bytes).toHaveLength(188 * 32);
    expect(toHex(reader.resource("tile/1/000.p/2", size)?.bytes as Uint8Array)).toBe(
      toHex(tree.root(0, 256)) + toHex(tree.root(256, 512)),
    );
    const bundle = reader.resource("tile/entries/002.p/188", size);
    expect(bundle?.kind).toBe("entries");
    expect(decodeEntryBundle(bundle?.bytes as Uint8Array, 188)).toEqual(entries.slice(512));
    expect(decodeEntryBundle(reader.resource("tile/entries/000", size)?.bytes as Uint8Array, 256)).toEqual(
      entries.slice(0, 256),
    );
  });

  test("that the tree of that size does not have are not there, though a larger one has them", () => {
    const { reader } = sampleLog();
    for (const [path, at] of [
      ["tile/0/001.p/6", 261],
      ["tile/entries/001.p/6", 261],
      ["tile/0/000", 255],
      ["tile/1/000.p/1", 255],
      ["tile/1/000.p/3", size],
      ["tile/0/003.p/1", size],
      ["tile/entries/002", size],
      ["tile/2/000.p/1", size],
    ] as const)
      expect([path, reader.resource(path, at)]).toEqual([path, undefined]);
  });

  test("beyond the end of the log are not there, whatever size is claimed", () => {
    const { reader } = sampleLog();
    for (const path of ["tile/0/002.p/189", "tile/entries/002.p/189", "tile/0/009", "tile/entries/x001/000"])
      expect([path, reader.resource(path, 2 ** 40)]).toEqual([path, undefined]);
  });

  test.each([
    "",
    "tile",
    "tile/0/1",
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/-1/000",
    "tile/0/x000/001",
    "tile/0/000/",
    "checkpoint",
    "tile/entries/../000",
  ])("have no path %j", (path) => {
    const { reader } = sampleLog();
    expect(() => reader.resource(path, size)).toThrow(expect.objectContaining({ code: "TILE_PATH_MALFORMED" }));
  });
});

describe("entries and proofs", () => {
  test("an entry has its bytes, one that is not there a code", () => {
    const { reader, entries } = sampleLog();
    expect(reader.entry(699)).toEqual(entries[699]);
    for (const index of [700, -1, 2 ** 40])
      expect(() => reader.entry(index)).toThrow(expect.objectContaining({ code: "ENTRY_UNKNOWN" }));
  });

  test("any entry is proved in any tree that has it, any two trees one from the other, by the RFC's recursion", () => {
    const { reader, entries } = sampleLog();
    const tree = naiveTree(entries);
    const sizes = fc.integer({ min: 1, max: size });
    fc.assert(
      fc.property(sizes, sizes, fc.nat(), (one, other, place) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        const head = { size: large, rootHash: tree.root(0, large) };
        expect(reader.rootOf(large)).toEqual(head.rootHash);
        const index = place % large;
        verifyInclusion(tree.root(index, index + 1), { index, hashes: reader.proveInclusion(index, large) }, head);
        verifyConsistency({ size: small, rootHash: tree.root(0, small) }, head, reader.proveConsistency(small, large));
      }),
      { numRuns: 60 },
    );
  });

  test("proofs that no tree has are refused", () => {
    const { reader } = sampleLog();
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => reader.proveInclusion(5, 5)).toThrow(code("INDEX_OUT_OF_TREE"));
    expect(() => reader.proveConsistency(6, 5)).toThrow(code("SIZE_OUT_OF_RANGE"));
    expect(() => reader.proveInclusion(1, size + 1)).toThrow(code("TILE_MALFORMED"));
    expect(() => reader.rootOf(size + 300)).toThrow(code("TILE_MALFORMED"));
  });
});
