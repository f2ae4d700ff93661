// What a browser has to load: a page that decodes nothing gets no codec, one that does finds it beside its scripts.

import { gzipSync } from "node:zlib";
import type { Rolldown } from "vite";
import { beforeAll, expect, test } from "vitest";
import { builtPage } from "./page.ts";

let chunks: Rolldown.OutputChunk[];
let assets: Rolldown.OutputAsset[];

beforeAll(async () => {
  const output = await builtPage();
  chunks = output.filter((part) => part.type === "chunk");
  assets = output.filter((part) => part.type === "asset");
});

test("the page itself carries neither codecs nor what reads their headers", () => {
  const entry = chunks.find(({ isEntry }) => isEntry) as Rolldown.OutputChunk;
  expect(entry.code).not.toContain("DecodeJpeg");
  expect(entry.dynamicImports.length).toBe(1);
  // Inflating takes most of it.
  expect(gzipSync(entry.code).length).toBeLessThan(8192);
});

test("the codecs are one asset, named by the part that loads them", () => {
  expect(assets.map(({ fileName }) => fileName)).toEqual([expect.stringMatching(/dcmjs-native-codecs.*\.wasm$/)]);
  const loader = chunks.find(({ isEntry }) => !isEntry) as Rolldown.OutputChunk;
  expect(loader.code).toContain(assets[0]?.fileName);
  expect(loader.code).toContain("DecodeJpeg2000");
  expect(gzipSync(loader.code).length).toBeLessThan(8192);
});

test("nothing of Node is left in what a browser runs", () => {
  for (const { code } of chunks) expect(code).not.toMatch(/node:|createRequire|readFile/);
});
