// Writes this folder's vectors: `node vectors/merkle/make.ts`. A test compares the files with what this makes.
import { writeFileSync } from "node:fs";
import { consistencyVectors, inclusionVectors, type MerkleVector, rootVectors } from "./proof-cases.ts";
import { entryBundleVectors, tilePathVectors } from "./tile-cases.ts";

/** Makes the content of each file, by its name. */
export function merkleVectors(): Readonly<Record<string, readonly MerkleVector<object, object>[]>> {
  return {
    "roots.json": rootVectors(),
    "inclusion.json": inclusionVectors(),
    "consistency.json": consistencyVectors(),
    "tile-paths.json": tilePathVectors(),
    "entry-bundles.json": entryBundleVectors(),
  };
}

if (import.meta.main) {
  for (const [name, vectors] of Object.entries(merkleVectors())) {
    writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(vectors, undefined, 2)}\n`);
  }
}
