// Writes this folder's vectors: `node vectors/checkpoint/make.ts`. A test compares the files with what this makes.
import { writeFileSync } from "node:fs";
import { checkpointTextVectors, noteVectors, verifierKeyVectors } from "./note-cases.ts";
import { logProofVectors, policyVectors } from "./policy-cases.ts";
import { witnessAnswerVectors, witnessRequestVectors } from "./witness-cases.ts";

/** Makes the content of each file, by its name. */
export function checkpointVectors(): Readonly<Record<string, readonly object[]>> {
  return {
    "checkpoints.json": checkpointTextVectors(),
    "log-proofs.json": logProofVectors(),
    "notes.json": noteVectors(),
    "policies.json": policyVectors(),
    "verifier-keys.json": verifierKeyVectors(),
    "witness-answers.json": witnessAnswerVectors(),
    "witness-requests.json": witnessRequestVectors(),
  };
}

if (import.meta.main) {
  for (const [name, vectors] of Object.entries(checkpointVectors())) {
    writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(vectors, undefined, 2)}\n`);
  }
}
