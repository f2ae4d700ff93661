// How the page and the offline verifier are bundled. scripts/build-web.ts runs these; no development server is needed.

import { basename } from "node:path";
import react from "@vitejs/plugin-react";
import type { InlineConfig, Plugin } from "vite";
import { compactDictionary } from "./bundling/compact-dictionary.ts";
import { withoutAdvice, withoutPreload, withSlimCurves } from "./bundling/slim-verifier.ts";

const root = import.meta.dirname;

/** The page: index.html and what it loads. */
export function pageConfig(outDir: string): InlineConfig {
  return {
    ...shared,
    plugins: [react()],
    publicDir: "public",
    build: {
      ...output,
      outDir,
      rolldownOptions: {
        ...output.rolldownOptions,
        input: `${root}/index.html`,
        output: { assetFileNames: ({ names }) => (names.includes(letters) ? plainLetters : hashed) },
      },
    },
  };
}

/** The offline verifier as a node serves it, with codecs that load when needed. */
export function verifierConfig(outDir: string): InlineConfig {
  return {
    ...shared,
    plugins: slim,
    publicDir: "public",
    build: {
      ...output,
      copyPublicDir: false,
      outDir,
      emptyOutDir: false,
      rolldownOptions: { ...output.rolldownOptions, input: `${root}/verifier/index.html` },
    },
  };
}

/** The offline verifier without codecs, to be put into one file. */
export function savedVerifierConfig(): InlineConfig {
  return {
    ...shared,
    plugins: [...slim, withoutCodecs()],
    publicDir: false,
    build: {
      ...output,
      write: false,
      cssCodeSplit: false,
      rolldownOptions: {
        ...output.rolldownOptions,
        input: `${root}/src/verifier/main.ts`,
        output: { codeSplitting: false },
      },
    },
  };
}

// The pages that the node writes itself are set in the same letters, and know them by this name.
const letters = "inter-latin-wght-normal.woff2";
const plainLetters = "assets/inter-latin.woff2";
const hashed = "assets/[name]-[hash][extname]";

const shared = { root, configFile: false, logLevel: "warn", clearScreen: false } as const satisfies InlineConfig;

const slim = [compactDictionary(), withSlimCurves(), withoutPreload(), withoutAdvice()];

const output = {
  target: "es2023",
  emptyOutDir: true,
  assetsInlineLimit: 0,
  modulePreload: false,
  reportCompressedSize: false,
  chunkSizeWarningLimit: 1000,
  rolldownOptions: {
    // The packages of this repository do nothing when they are merely loaded.
    treeshake: { moduleSideEffects: (id: string) => !/\/packages\/[^/]+\/src\//.test(id) },
  },
} as const;

/** Leaves the codecs out: a frame that needs one is then undecided, as anywhere without a codec. */
function withoutCodecs(): Plugin {
  return {
    name: "without-codecs",
    enforce: "pre",
    resolveId: (id) => (basename(id) === "encoded-frame.ts" ? "\0no-codecs" : undefined),
    load: (id) => (id === "\0no-codecs" ? "export {}" : undefined),
  };
}

export default pageConfig(`${root}/../../build/web`);
