import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { signatureVectors } from "../../../../vectors/signature/make.ts";
import { keyFaults } from "./registrable-key.ts";
import { assertionFaults } from "./webauthn.ts";

const root = new URL("../../../../", import.meta.url);

test("the vector files are what their maker makes", () => {
  for (const [name, vectors] of Object.entries(signatureVectors())) {
    expect(JSON.parse(readFileSync(new URL(`vectors/signature/${name}`, root), "utf8"))).toEqual(vectors);
  }
}, 60_000);

test("the format page explains every code", () => {
  const page = readFileSync(new URL("docs/formats/keys.md", root), "utf8");
  const codes = [...Object.keys(keyFaults), ...Object.keys(assertionFaults)];
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
