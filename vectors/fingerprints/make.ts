// Writes this folder's vectors: `node vectors/fingerprints/make.ts`. The digests come from this repository's code; conformance/fingerprints
// computes them again in Python from docs/formats/fingerprints.md. value-classes.json is made by packages/dicom/dictionary/generate.ts.
import { writeFileSync } from "node:fs";
import { toHex } from "../../packages/core/src/index.ts";
import {
  attributesRoot,
  formatAttributeDigests,
  saltedAttributes,
} from "../../packages/dicom/src/fingerprint/attribute-digests.ts";
import { type Fingerprint, fingerprint } from "../../packages/dicom/src/fingerprint/fingerprint.ts";
import { bytesSource } from "../../packages/dicom/src/reading/byte-source.ts";
import { headerCases } from "./header-cases.ts";
import { type ObjectCase, type WrittenBytes, writeBytes } from "./object-case.ts";
import { pixelCases } from "./pixel-cases.ts";
import { sequenceCases } from "./sequence-cases.ts";

/** An object and what is recorded of it. */
export interface FingerprintVector {
  readonly title: string;
  readonly clause: string;
  readonly input: { readonly bytes: WrittenBytes; readonly attributeSalt: string };
  readonly output: Fingerprint & {
    /** The canonical header. */
    readonly header: WrittenBytes;
    /** The salted digests of its attributes by path, where headers are the matter. */
    readonly attributes?: Readonly<Record<string, string>>;
    /** The root over them. */
    readonly attributesRoot: string;
  };
}

/** Makes the content of each file, by its name. */
export async function fingerprintVectors(): Promise<Readonly<Record<string, readonly FingerprintVector[]>>> {
  return {
    "headers.json": await vectorsOf(headerCases(), "Canonical header"),
    "sequences.json": await vectorsOf(sequenceCases(), "Sequences"),
    "frames.json": (await vectorsOf(pixelCases(), "Frames")).map(withoutAttributes),
  };
}

/** Writes vectors as their file has them. */
export function fileOf(vectors: readonly FingerprintVector[]): string {
  return `[\n${vectors.map((vector) => JSON.stringify(vector)).join(",\n")}\n]\n`;
}

async function vectorsOf(cases: readonly ObjectCase[], clause: string): Promise<FingerprintVector[]> {
  const vectors: FingerprintVector[] = [];
  for (const [index, { title, bytes }] of cases.entries()) {
    const salt = new Uint8Array(32).fill(index);
    const object = await fingerprint(bytesSource(bytes));
    const digests = saltedAttributes(object.canonicalHeader, salt);
    vectors.push({
      title,
      clause: `docs/formats/fingerprints.md § ${clause}`,
      input: { bytes: writeBytes(bytes), attributeSalt: toHex(salt) },
      output: {
        ...object.fingerprint,
        header: writeBytes(object.canonicalHeader),
        attributes: formatAttributeDigests(digests),
        attributesRoot: toHex(attributesRoot(digests, salt)),
      },
    });
  }
  return vectors;
}

function withoutAttributes({ output, ...vector }: FingerprintVector): FingerprintVector {
  const { attributes: _, ...rest } = output;
  return { ...vector, output: rest };
}

if (import.meta.main) {
  for (const [name, vectors] of Object.entries(await fingerprintVectors()))
    writeFileSync(new URL(name, import.meta.url), fileOf(vectors));
}
