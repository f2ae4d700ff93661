// Writes this folder's vectors: `node vectors/signature/make.ts`. A test compares the files with what this makes.
import { writeFileSync } from "node:fs";
import { derVectors } from "./der-cases.ts";
import { ed25519Vectors } from "./ed25519-cases.ts";
import { keyVectors } from "./key-cases.ts";
import { p256Vectors } from "./p256-cases.ts";
import { assertionVectors } from "./webauthn-cases.ts";

/** Makes the content of each file, by its name. */
export function signatureVectors(): Readonly<Record<string, readonly object[]>> {
  return {
    "der.json": derVectors(),
    "ed25519.json": ed25519Vectors(),
    "keys.json": keyVectors(),
    "p256.json": p256Vectors(),
    "webauthn.json": assertionVectors(),
  };
}

if (import.meta.main) {
  for (const [name, vectors] of Object.entries(signatureVectors())) {
    writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(vectors, undefined, 2)}\n`);
  }
}
