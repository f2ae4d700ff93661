// The vectors once more, in Chromium, on a page whose policy lets it compile WebAssembly and run nothing from elsewhere.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, extname, join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PixelDecoder } from "../../packages/dicom/src/pixels/pixel-decoder.ts";
import type { PixelDescription } from "../../packages/dicom/src/pixels/pixel-description.ts";
import { builtPage } from "./page.ts";

interface Vector {
  readonly title: string;
  readonly input: { readonly description: PixelDescription; readonly frame: string };
  readonly output: { readonly samples?: string; readonly error?: string; readonly reason?: string };
}

const executablePath = process.env["CHROMIUM"] ?? onPath(["chromium", "chromium-browser", "google-chrome"]);
const vectors = join(import.meta.dirname, "../../vectors/pixels");
const requested: string[] = [];
let server: Server;
let browser: Browser;
let page: Page;

describe.skipIf(executablePath === undefined)("in Chromium", () => {
  beforeAll(async () => {
    server = await serve();
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({ executablePath: executablePath as string, args });
    page = await browser.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction("globalThis.decoder !== undefined");
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test("no codec is loaded before a frame needs one", () => {
    expect(requested.filter((path) => path.endsWith(".wasm"))).toEqual([]);
  });

  test.each(readdirSync(vectors).filter((name) => name.endsWith(".json")))("%s", async (name) => {
    const cases: readonly Vector[] = JSON.parse(readFileSync(join(vectors, name), "utf8"));
    const outcomes = await page.evaluate(
      decodeAll,
      cases.map(({ input }) => input),
    );
    for (const [index, { title, output }] of cases.entries()) expect(outcomes[index], title).toEqual(output);
  });

  test("the codecs were loaded once, from the page's own origin", () => {
    expect(requested.filter((path) => path.endsWith(".wasm")).length).toBe(1);
  });
});

/** Runs in the browser, so it may use nothing from around it. */
async function decodeAll(inputs: readonly Vector["input"][]): Promise<Vector["output"][]> {
  const { decoder } = globalThis as unknown as { decoder: PixelDecoder };
  const decode = async ({ description, frame }: Vector["input"]): Promise<Vector["output"]> => {
    try {
      const bytes = Uint8Array.from(atob(frame), (character) => character.charCodeAt(0));
      const samples = await decoder.canonicalFrame(description, bytes);
      return { samples: btoa(Array.from(samples, (byte) => String.fromCharCode(byte)).join("")) };
    } catch (error) {
      const { code, data } = error as { code: string; data: { reason: string } };
      return { error: code, reason: data.reason };
    }
  };
  const outcomes: Vector["output"][] = [];
  for (const input of inputs) outcomes.push(await decode(input));
  return outcomes;
}

async function serve(): Promise<Server> {
  const files = new Map<string, string | Uint8Array>();
  for (const part of await builtPage()) {
    files.set(`/${part.fileName}`, part.type === "chunk" ? part.code : part.source);
    if (part.type !== "chunk" || !part.isEntry) continue;
    files.set("/", `<!doctype html><title>pixels</title><script type="module" src="/page.js"></script>`);
    files.set(
      "/page.js",
      `import { createPixelDecoder } from "/${part.fileName}"; globalThis.decoder = createPixelDecoder();`,
    );
  }
  const types: Readonly<Record<string, string>> = {
    "": "text/html",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
  };
  const policy = { "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };
  const listening = createServer((request, response) => {
    const path = request.url ?? "";
    const file = files.get(path);
    requested.push(path);
    response.writeHead(file === undefined ? 404 : 200, {
      ...policy,
      "content-type": types[extname(path)] ?? "text/plain",
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => listening.listen(0, "localhost", resolve));
  return listening;
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}
