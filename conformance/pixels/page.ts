// A page that decodes, built by the bundler that builds the product's.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Rolldown } from "vite";

/** Builds it and returns its files. */
export async function builtPage(): Promise<Rolldown.RolldownOutput["output"]> {
  const products = join(import.meta.dirname, "../../build");
  mkdirSync(products, { recursive: true });
  const folder = mkdtempSync(join(products, "pixels-"));
  try {
    const decoder = join(import.meta.dirname, "../../packages/dicom/src/pixels/pixel-decoder.ts");
    const input = join(folder, "page.ts");
    writeFileSync(input, `export { createPixelDecoder } from ${JSON.stringify(decoder)};`);
    const options = { write: false, rolldownOptions: { input, preserveEntrySignatures: "strict" as const } };
    const built = await build({ root: folder, configFile: false, logLevel: "error", build: options });
    return (built as Rolldown.RolldownOutput).output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
