// The verifier of receipts as a browser gets it: core's own code in one file, without what only Node needs.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

/** Code for a browser that puts `verifier` on its window. */
export interface VerifierBundle {
  readonly code: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
}

/** Bundles the verifier, minified. */
export async function verifierBundle(): Promise<VerifierBundle> {
  const entry = fileURLToPath(new URL("./verifier-page.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: true, lib: { entry, formats: ["iife"], name: "verifier" } },
  });
  const [result] = Array.isArray(built) ? built : [built];
  const [chunk] = result !== undefined && "output" in result ? result.output : [];
  if (chunk?.type !== "chunk") throw new Error("Vite built no verifier.");
  const code = chunk.code;
  return { code, bytes: Buffer.byteLength(code), gzippedBytes: gzipSync(code).length };
}
