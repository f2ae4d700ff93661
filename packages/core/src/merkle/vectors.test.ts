import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { merkleVectors } from "../../../../vectors/merkle/make.ts";
import type { ConsistencyVector, InclusionVector, RootVector } from "../../../../vectors/merkle/proof-cases.ts";
import type { EntryBundleVector, TilePathVector } from "../../../../vectors/merkle/tile-cases.ts";
import { CoreError, coreErrors } from "../core-error.ts";
import { fromHex, toHex } from "../encoding/bytes.ts";
import { verifyConsistency } from "./consistency-proof.ts";
import { decodeEntryBundle, encodeEntryBundle } from "./entry-bundle.ts";
import { leafHash } from "./hashes.ts";
import { verifyInclusion } from "./inclusion-proof.ts";
import { entryBundlePath, parseTilePath, tilePath } from "./tiles.ts";
import { merkleRoot } from "./tree.ts";

const folder = new URL("../../../../vectors/merkle/", import.meta.url);

test("the vector files are what their maker makes", () => {
  for (const [name, vectors] of Object.entries(merkleVectors())) expect(read(name)).toEqual(vectors);
});

describe("vectors", () => {
  test.each(read<RootVector>("roots.json"))("root of $title", ({ input, output }) => {
    expect(toHex(merkleRoot(input.entries.map((entry) => leafHash(bytes(entry)))))).toBe(output.rootHash);
  });

  test.each(read<InclusionVector>("inclusion.json"))("inclusion: $title", ({ input, output }) => {
    const proof = { index: input.index, hashes: input.hashes.map(bytes) };
    const head = { size: input.size, rootHash: bytes(input.rootHash) };
    expect(errorOf(() => verifyInclusion(bytes(input.leafHash), proof, head))).toBe(output.error);
  });

  test.each(read<ConsistencyVector>("consistency.json"))("consistency: $title", ({ input, output }) => {
    const older = { size: input.oldSize, rootHash: bytes(input.oldRootHash) };
    const newer = { size: input.newSize, rootHash: bytes(input.newRootHash) };
    expect(errorOf(() => verifyConsistency(older, newer, input.hashes.map(bytes)))).toBe(output.error);
  });

  test.each(read<TilePathVector>("tile-paths.json"))("tile path: $title", ({ input, output }) => {
    expect(errorOf(() => parseTilePath(input.path))).toBe(output.error);
    if (output.error !== null) return;
    const resource = parseTilePath(input.path);
    const tile = resource.kind === "tile" ? resource.tile : { level: 0, index: resource.index, width: resource.width };
    expect({ error: null, kind: resource.kind, ...tile }).toEqual(output);
    expect(resource.kind === "tile" ? tilePath(tile) : entryBundlePath(tile)).toBe(input.path);
  });

  test.each(read<EntryBundleVector>("entry-bundles.json"))("entry bundle: $title", ({ input, output }) => {
    expect(errorOf(() => decodeEntryBundle(bytes(input.bundle), input.width))).toBe(output.error);
    if (output.entries === undefined) return;
    expect(decodeEntryBundle(bytes(input.bundle), input.width).map(toHex)).toEqual(output.entries);
    expect(toHex(encodeEntryBundle(output.entries.map(bytes)))).toBe(input.bundle);
  });
});

test("the format pages explain every code of merkle and checkpoint", () => {
  const pages = ["merkle", "log", "policy"].map((name) =>
    readFileSync(new URL(`../../docs/formats/${name}.md`, folder), "utf8"),
  );
  const codes = Object.keys(coreErrors);
  const ours = codes.slice(0, codes.indexOf("WITNESS_MESSAGE_MALFORMED") + 1);
  expect(ours.filter((code) => !pages.some((page) => page.includes(`\`${code}\``)))).toEqual([]);
});

function read<Vector>(name: string): Vector[] {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Vector[];
}

function bytes(hex: string): Uint8Array {
  return fromHex(hex) as Uint8Array;
}

function errorOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof CoreError) return error.code;
    throw error;
  }
}
