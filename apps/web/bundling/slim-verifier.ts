// What the offline verifier's bundle has in place of larger parts: curves that can only verify, no helper for styles, no advice.
import type { Plugin } from "vite";

const curves = new URL("../src/verifier/curves/", import.meta.url).pathname;

/** What core imports from noble, and the file that stands for it. src/verifier/curves/curves.test.ts holds both against the same vectors. */
const slimCurves: ReadonlyMap<string, string> = new Map([
  ["@noble/curves/ed25519.js", `${curves}edwards25519.ts`],
  ["@noble/curves/nist.js", `${curves}nist-p256.ts`],
  ["@noble/curves/utils.js", `${curves}modular.ts`],
]);

/** Takes the curves of the verifier, a fifth as large as noble's. */
export function withSlimCurves(): Plugin {
  return { name: "slim-curves", enforce: "pre", resolveId: (id) => slimCurves.get(id) };
}

/** Loads lazy parts plainly: none of them has a style that Vite would have to load before it. */
export function withoutPreload(): Plugin {
  return {
    name: "without-preload",
    enforce: "pre",
    load: (id) => (id.includes("preload-helper") ? "export const __vitePreload = (load) => load();" : undefined),
  };
}

/** Leaves out what errors advise and core's sentences: the verifier shows codes, and the sentences of files that cannot be read. */
export function withoutAdvice(): Plugin {
  return {
    name: "without-advice",
    enforce: "pre",
    transform: (code, id) => {
      if (/\/(?:dicom|pixel)-error\.ts$/.test(id)) return code.replaceAll(/todo:\s+(?:sendAgain|"[^"]*")/g, 'todo: ""');
      if (id.endsWith("/core-error.ts")) return code.replaceAll(/^( {2}[A-Z_0-9]+:)\s+"[^"]*"/gm, '$1 ""');
      return undefined;
    },
  };
}
