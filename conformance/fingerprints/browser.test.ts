// The vectors once more, in Chromium, from memory and from a Blob: the same digests without Node.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as dicom from "../../packages/dicom/src/index.ts";
import type { FingerprintVector } from "../../vectors/fingerprints/make.ts";

const executablePath = process.env["CHROMIUM"] ?? onPath(["chromium", "chromium-browser", "google-chrome"]);
const root = join(import.meta.dirname, "../..");
let browser: Browser;
let page: Page;

describe.skipIf(executablePath === undefined)("in Chromium", () => {
  beforeAll(async () => {
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({ executablePath: executablePath as string, args });
    page = await browser.newPage();
    await page.addScriptTag({ content: await builtScript() });
  });

  afterAll(async () => {
    await browser?.close();
  });

  test.each(["headers", "sequences", "frames"])("%s", async (name) => {
    const vectors: FingerprintVector[] = JSON.parse(
      readFileSync(join(root, `vectors/fingerprints/${name}.json`), "utf8"),
    );
    const outcomes = await page.evaluate(
      fingerprintAll,
      vectors.map(({ input }) => input),
    );
    for (const [index, { title, output }] of vectors.entries()) {
      const { header: _, attributes: __, ...expected } = output;
      expect(outcomes[index], title).toEqual({ memory: expected, blob: expected });
    }
  });
});

/** Runs in the browser, so it may use nothing from around it. */
async function fingerprintAll(inputs: readonly FingerprintVector["input"][]): Promise<unknown[]> {
  const { fingerprint, bytesSource, blobSource, saltedAttributes, attributesRoot } = (
    globalThis as unknown as { dicom: typeof dicom }
  ).dicom;
  const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const outcomes: unknown[] = [];
  for (const { bytes, attributeSalt } of inputs) {
    const parts = bytes.flatMap((part) => {
      if (typeof part === "string") return [bytesOf(part)];
      const [first = 0, second = 0] = bytesOf(part[0]);
      return [Uint8Array.from({ length: 2 * part[1] }, (_, at) => (at % 2 === 0 ? first : second))];
    });
    const blob = new Blob(parts);
    const digestsFrom = async (source: dicom.ByteSource): Promise<object> => {
      const object = await fingerprint(source);
      const salt = bytesOf(attributeSalt);
      const root = attributesRoot(saltedAttributes(object.canonicalHeader, salt), salt);
      return { ...object.fingerprint, attributesRoot: hexOf(root) };
    };
    const memory = await digestsFrom(bytesSource(new Uint8Array(await blob.arrayBuffer())));
    outcomes.push({ memory, blob: await digestsFrom(blobSource(blob)) });
  }
  return outcomes;
}

/** The package's door as one script, built by the bundler that builds the product's. */
async function builtScript(): Promise<string> {
  const products = join(root, "build");
  mkdirSync(products, { recursive: true });
  const folder = mkdtempSync(join(products, "fingerprints-"));
  try {
    const input = join(folder, "page.ts");
    writeFileSync(input, `export * from ${JSON.stringify(join(root, "packages/dicom/src/index.ts"))};`);
    const lib = { entry: input, name: "dicom", formats: ["iife" as const], fileName: "page" };
    const built = await build({ root: folder, configFile: false, logLevel: "error", build: { write: false, lib } });
    const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
    // A script tag makes the name a constant of the page; evaluate() sees only properties of the global object.
    return `${output[0].code}\nglobalThis.dicom = dicom;`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}
