// How much a browser loads to verify a receipt offline.
import type { Bench } from "../context.ts";
import { verifierBundle } from "./verifier-bundle.ts";

export const bundle: Bench = {
  name: "bundle",
  run: async ({ report }) => {
    const { bytes, gzippedBytes } = await verifierBundle();
    report({ what: "receipt verifier, minified", measure: "bytes", ours: bytes, runs: 1 });
    report({ what: "receipt verifier, minified and gzipped", measure: "bytes", ours: gzippedBytes, runs: 1 });
  },
};
