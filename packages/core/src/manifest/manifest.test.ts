import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../encoding/canonical-json.ts";
import { manifestOf, proveManifestItem, verifyManifestItem } from "./manifest.ts";

const seed = new Uint8Array(32).fill(7);
const recordsOf = (count: number) => Array.from({ length: count }, (_, file) => ({ file, text: `record ${file}` }));
const sha256 = (...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

describe("a manifest", () => {
  test("has the root that the format page gives, computed without our code", () => {
    const records = recordsOf(3);
    const commitments = records
      .map((record, place) => {
        const salt = createHmac("sha256", seed).update(`items/${place}`).digest();
        return sha256("fiducial-commitment-v1\0", salt, canonicalJson(record));
      })
      .sort(Buffer.compare);
    const [a, b, c] = commitments.map((commitment) => sha256(Uint8Array.of(0), commitment)) as [Buffer, Buffer, Buffer];
    const root = sha256(Uint8Array.of(1), sha256(Uint8Array.of(1), a, b), c);
    expect(manifestOf(records, seed).root).toBe(root.toString("hex"));
  });

  test("proves each of its records, and nothing else", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.nat(), (count, pick) => {
        const manifest = manifestOf(recordsOf(count), seed);
        const index = pick % count;
        const item = manifest.items[index] as (typeof manifest.items)[number];
        const commitments = manifest.items.map(({ commitment }) => commitment);
        const proof = proveManifestItem(commitments, index, item);
        expect(verifyManifestItem(proof, manifest.root)).toBe(true);
        expect(verifyManifestItem({ ...proof, item: { ...proof.item, value: { file: -1 } } }, manifest.root)).toBe(
          false,
        );
        expect(verifyManifestItem({ ...proof, item: { ...proof.item, salt: "00".repeat(32) } }, manifest.root)).toBe(
          false,
        );
        expect(verifyManifestItem({ ...proof, index: count }, manifest.root)).toBe(false);
        expect(verifyManifestItem(proof, "00".repeat(32))).toBe(false);
        expect(verifyManifestItem({ ...proof, hashes: [...proof.hashes, "00".repeat(32)] }, manifest.root)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test("shows by a record's place in the tree nothing of its place in what was given", () => {
    const places = manifestOf(recordsOf(200), seed).items.map(({ place }) => place);
    expect(places).not.toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(200);
  });

  test("malformed proofs are false, not thrown", () => {
    const item = { salt: "zz", value: 1 };
    expect(verifyManifestItem({ size: 1, index: 0, hashes: ["x"], item }, "")).toBe(false);
  });
});
