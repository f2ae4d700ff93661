import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { savedVerifierPage } from "./build-web.ts";

let page: string;
beforeAll(async () => {
  page = await savedVerifierPage();
});

test("the whole file, words in two languages and data dictionary included, stays below 84 kB gzipped", () => {
  expect(gzipSync(page, { level: 9 }).length).toBeLessThan(84_000);
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
