// Verdicts on objects without frames: what they say, and what only says whose they are.
import { describe, expect, it } from "vitest";
import { document, patient } from "../../../../vectors/fingerprints/compared-objects.ts";
import {
  element,
  even,
  file,
  identity,
  join,
  explicitLittle as le,
  syntaxes,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { saltedAttributes } from "../fingerprint/attribute-digests.ts";
import { type FingerprintedObject, fingerprint } from "../fingerprint/fingerprint.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { type Comparison, compare } from "./comparison.ts";

const salt = new Uint8Array(32).fill(5);

function read(bytes: Uint8Array): Promise<FingerprintedObject> {
  return fingerprint(bytesSource(bytes));
}

const knowledge = [
  ["with the registered header", (object: FingerprintedObject) => ({ canonicalHeader: object.canonicalHeader })],
  [
    "with digests alone",
    (object: FingerprintedObject) => ({
      digests: saltedAttributes(object.canonicalHeader, salt),
      attributeSalt: salt,
    }),
  ],
] as const;

describe.each(knowledge)("%s", (_, attributesOf) => {
  const verdict = async (registered: Uint8Array, candidate: Uint8Array): Promise<Comparison> => {
    const object = await read(registered);
    return compare([{ fingerprint: object.fingerprint, attributes: attributesOf(object) }], await read(candidate));
  };

  it("altered by their content, header-changed by what is around it", async () => {
    expect(await verdict(document("Finding"), document("Finding "))).toMatchObject({ verdict: "identical" });
    expect(await verdict(document("Finding"), document("No finding"))).toMatchObject({
      verdict: "altered",
      harmless: false,
    });
    expect(await verdict(document("Finding", patient("A")), document("Finding", patient("B")))).toMatchObject({
      verdict: "header-changed",
      harmless: false,
    });
    const institution = element(le, "00080080", "LO", "Elsewhere ");
    expect(await verdict(document("Finding"), document("Finding", institution))).toMatchObject({
      verdict: "header-changed",
      harmless: false,
    });
    const retrieve = element(le, "00080054", "AE", "ARCHIVE ");
    expect(await verdict(document("Finding"), document("Finding", retrieve))).toMatchObject({
      verdict: "header-changed",
      harmless: true,
    });
    const verified = element(le, "0040a493", "CS", "VERIFIED");
    expect(await verdict(document("Finding"), document("Finding", verified))).toMatchObject({ verdict: "altered" });
  });

  it("private attributes are content only of private classes and raw data", async () => {
    const hidden = (value: string): Uint8Array =>
      join(element(le, "00290010", "LO", "MAKER "), element(le, "00291001", "UN", value));
    const ofClass = (uid: string, value: string): Uint8Array =>
      file(syntaxes.explicitLittle, join(...identity(le, even(uid)), hidden(value)));
    expect(await verdict(document("Finding", hidden("1 ")), document("Finding", hidden("2 ")))).toMatchObject({
      verdict: "header-changed",
      harmless: false,
    });
    for (const uid of ["1.2.840.10008.5.1.4.1.1.66", "1.3.12.2.1107.5.9.1"]) {
      expect(await verdict(ofClass(uid, "1 "), ofClass(uid, "2 "))).toMatchObject({ verdict: "altered" });
    }
  });
});
