// The vectors: made anew they are the same, equal objects have equal digests and others have not, and a stream gives what memory gives.
import { readFileSync } from "node:fs";
import { fromHex, toHex } from "@fiducial/core";
import { describe, expect, it } from "vitest";
import { headerCases } from "../../../../vectors/fingerprints/header-cases.ts";
import { type FingerprintVector, fileOf, fingerprintVectors } from "../../../../vectors/fingerprints/make.ts";
import { type ObjectCase, readBytes } from "../../../../vectors/fingerprints/object-case.ts";
import { pixelCases } from "../../../../vectors/fingerprints/pixel-cases.ts";
import { sequenceCases } from "../../../../vectors/fingerprints/sequence-cases.ts";
import { tags } from "../dictionary/tag.ts";
import { bytesSource } from "../reading/byte-source.ts";
import {
  attributesRoot,
  formatAttributeDigests,
  parseAttributeDigests,
  saltedAttributes,
} from "./attribute-digests.ts";
import { attributePath, readAttributePath } from "./attribute-key.ts";
import { readCanonicalHeader, readItems } from "./canonical-attributes.ts";
import { datasetDigest } from "./dataset-digest.ts";
import { fingerprint } from "./fingerprint.ts";

const files: Readonly<Record<string, readonly ObjectCase[]>> = {
  "headers.json": headerCases(),
  "sequences.json": sequenceCases(),
  "frames.json": pixelCases(),
};

function vectorsIn(name: string): readonly FingerprintVector[] {
  return JSON.parse(readText(name));
}

function readText(name: string): string {
  return readFileSync(new URL(`../../../../vectors/fingerprints/${name}`, import.meta.url), "utf8");
}

describe("the vectors", () => {
  it("are what their maker makes", async () => {
    for (const [name, vectors] of Object.entries(await fingerprintVectors()))
      expect(readText(name), name).toBe(fileOf(vectors));
  });

  it("hold the bytes of their cases", () => {
    for (const [name, cases] of Object.entries(files)) {
      const written = vectorsIn(name).map(({ input }) => toHex(readBytes(input.bytes)));
      expect(written).toEqual(cases.map(({ bytes }) => toHex(bytes)));
    }
  });

  it.each(Object.keys(files))("%s: one group, one data set digest", (name) => {
    const digestOf = new Map<string, string>();
    for (const [index, { group, title }] of (files[name] as readonly ObjectCase[]).entries()) {
      const { dataset } = vectorsIn(name)[index]?.output ?? { dataset: "" };
      expect(digestOf.get(group) ?? dataset, title).toBe(dataset);
      digestOf.set(group, dataset);
    }
    expect(new Set(digestOf.values()).size).toBe(digestOf.size);
  });
});

describe.each(Object.keys(files).flatMap((name) => vectorsIn(name).map((vector) => [vector.title, vector] as const)))(
  "%s",
  (_, { input, output }) => {
    const bytes = readBytes(input.bytes);
    const header = readBytes(output.header);
    const salt = fromHex(input.attributeSalt) as Uint8Array;

    it("streamed, has the same fingerprint", async () => {
      const source = {
        size: bytes.length,
        read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
      };
      const { fingerprint: streamed, canonicalHeader } = await fingerprint(source);
      expect(streamed).toEqual((await fingerprint(bytesSource(bytes))).fingerprint);
      expect(Buffer.from(canonicalHeader).equals(header)).toBe(true);
    });

    it("is left as it was, in one of Node's buffers too", async () => {
      const buffer = Buffer.concat([Buffer.alloc(1), bytes]).subarray(1);
      const { fingerprint: digests } = await fingerprint(bytesSource(buffer));
      expect(buffer.equals(bytes)).toBe(true);
      expect(digests.file).toBe(output.file);
      expect(digests.pixels).toBe(output.pixels);
    });

    it("has a header that tells its other digests", () => {
      const digests = saltedAttributes(header, salt);
      expect(toHex(attributesRoot(digests, salt))).toBe(output.attributesRoot);
      const frames = output.frames === null ? undefined : fromHex(output.frames);
      const possible = [tags.pixelData, tags.floatPixelData, tags.doubleFloatPixelData].map((tag) =>
        toHex(datasetDigest(header, frames && tag, frames)),
      );
      expect(possible).toContain(output.dataset);
      const written = formatAttributeDigests(digests);
      if (output.attributes !== undefined) expect(written).toEqual(output.attributes);
      expect(parseAttributeDigests(written)).toEqual(digests);
      expect([...(parseAttributeDigests(written)?.keys() ?? [])]).toEqual([...digests.keys()]);
    });

    it("has a header that can be read back whole", () => {
      const attributes = readCanonicalHeader(header);
      expect(Buffer.concat(attributes.map((attribute) => attribute.bytes)).equals(header)).toBe(true);
      for (const attribute of attributes) {
        const path = attributePath(attribute);
        expect(readAttributePath(path)).toEqual({ tag: attribute.tag, creator: attribute.creator });
        for (const item of readItems(attribute)) readCanonicalHeader(item);
      }
    });
  },
);
