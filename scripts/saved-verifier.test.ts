import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { beforeAll, expect, test } from "vitest";
import { verifierConfig } from "../apps/web/vite.config.ts";
import { savedVerifierPage } from "./build-web.ts";

let page: string;
let served: readonly Rolldown.OutputChunk[];
beforeAll(async () => {
  page = await savedVerifierPage();
  const config = verifierConfig("unwritten");
  const { output } = (await build({ ...config, build: { ...config.build, write: false } })) as Rolldown.RolldownOutput;
  served = output.filter((item) => item.type === "chunk");
});

const gzipBytes = (text: string) => gzipSync(text, { level: 9 }).length;
const sizeOf = (chunks: readonly Rolldown.OutputChunk[]) => chunks.reduce((sum, { code }) => sum + gzipBytes(code), 0);
const holds = (file: RegExp) => (chunk: Rolldown.OutputChunk) => chunk.moduleIds.some((id) => file.test(id));

test("the served verifier, in the longer of its languages and without codecs, stays below 60 kB gzipped", () => {
  const codecs = served.filter(holds(/\/encoded-frame\.ts$/));
  const dictionary = served.filter(holds(/attribute-table$/));
  const english = served.filter(holds(/\/i18n\/en\/verify\.ts$/));
  expect([codecs, dictionary, english].map(({ length }) => length)).toEqual([1, 1, 1]);
  const needed = served.filter((chunk) => ![...codecs, ...english].includes(chunk));
  expect(sizeOf(needed.filter((chunk) => !dictionary.includes(chunk)))).toBeLessThan(60_000);
  expect(sizeOf(needed)).toBeLessThan(63_500);
});

test("the whole saved file, style, words in two languages and data dictionary included, stays below 70 kB gzipped", () => {
  expect(gzipBytes(page)).toBeLessThan(70_000);
});

test("neither holds the curves that sign, nor advice for operators", () => {
  for (const text of [page, ...served.map(({ code }) => code)])
    expect(/randomSecretKey|sharedSecret|keep the file and ask/.exec(text)?.[0]).toBe(undefined);
});

test("nothing is allowed but the script and the style inside, by their hashes", () => {
  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toMatch(/unsafe|https?:|\*|'self'/);
  const parts = [...page.matchAll(/<(?:script(?: type="module")?|style)>([\s\S]*?)<\/(?:script|style)>/g)];
  expect(parts).toHaveLength(3);
  for (const [, text = ""] of parts)
    expect(policy).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
});

test("nothing is loaded from anywhere", () => {
  expect(page).not.toMatch(/\b(?:src|href)="|@import|url\(|\bfetch\(|XMLHttpRequest|\bimport\(/);
});
