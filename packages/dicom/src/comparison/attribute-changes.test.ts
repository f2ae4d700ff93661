// Changed attributes: named, classed, and harmless only under the conditions of the table.
import { describe, expect, it } from "vitest";
import {
  element,
  even,
  file,
  identity,
  join,
  explicitLittle as le,
  numbers,
  sequence,
  syntaxes,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { saltedAttributes } from "../fingerprint/attribute-digests.ts";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { type AttributeChange, attributeChanges, type ChangeContext } from "./attribute-changes.ts";
import { viewOf } from "./registered-attributes.ts";

const salt = new Uint8Array(32).fill(1);
const elsewhere: ChangeContext = {
  samePicture: false,
  reEncoded: false,
  registeredSyntax: syntaxes.explicitLittle,
  candidateSyntax: syntaxes.explicitLittle,
};
const sameFrames: ChangeContext = { ...elsewhere, samePicture: true };
const reEncoded: ChangeContext = { ...sameFrames, reEncoded: true, candidateSyntax: "1.2.840.10008.1.2.4.90" };

async function header(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const bytes = file(syntaxes.explicitLittle, join(...identity(le), ...parts));
  return (await fingerprint(bytesSource(bytes))).canonicalHeader;
}

type Parts = readonly Uint8Array[];

/** The changes as the registered header shows them, and as its digests do. */
async function changes(
  before: Parts,
  now: Parts,
  context = elsewhere,
): Promise<{ known: AttributeChange[]; digested: AttributeChange[] }> {
  const [registered, candidate] = [await header(...before), await header(...now)];
  const digests = { digests: saltedAttributes(registered, salt), attributeSalt: salt };
  return {
    known: attributeChanges(viewOf({ canonicalHeader: registered }), candidate, context),
    digested: attributeChanges(viewOf(digests), candidate, context),
  };
}

/** Expects one change of these classes, told from the header and told from digests. */
async function expectClasses(
  before: Parts,
  now: Parts,
  context: ChangeContext,
  known: string,
  digested = known,
): Promise<void> {
  const found = await changes(before, now, context);
  expect(found.known.map((change) => change.class)).toEqual([known]);
  expect(found.digested.map((change) => change.class)).toEqual([digested]);
}

const text = (tag: string, vr: string, value: string): Uint8Array => element(le, tag, vr, even(value));

describe("names", () => {
  it("tells what was added, removed and changed", async () => {
    const creator = text("00290010", "LO", "MAKER");
    const before = [
      text("00100020", "LO", "1"),
      text("00181000", "LO", "SERIAL"),
      creator,
      text("00291001", "UN", "a"),
    ];
    const now = [text("00100020", "LO", "2"), text("00180050", "DS", "5"), creator, text("00291001", "UN", "b")];
    const expected = [
      { path: "0010,0020", keyword: "PatientID", change: "changed", class: "identity" },
      { path: "0018,0050", keyword: "SliceThickness", change: "added", class: "geometry" },
      { path: "0018,1000", keyword: "DeviceSerialNumber", change: "removed", class: "identity" },
      { path: "0029,xx01,MAKER", change: "changed", class: "other" },
    ];
    expect(await changes(before, now)).toEqual({ known: expected, digested: expected });
  });

  it("says nothing of equal headers", async () => {
    const same = [text("00100020", "LO", "1")];
    expect(await changes(same, same)).toEqual({ known: [], digested: [] });
  });
});

describe("blank attributes", () => {
  it("come and go harmlessly", async () => {
    const blank = [text("00100030", "DA", "")];
    await expectClasses([], blank, elsewhere, "coercible");
    await expectClasses(blank, [], elsewhere, "coercible");
    await expectClasses([sequence(le, "00081120", [], true)], [], elsewhere, "coercible");
    await expectClasses(blank, [text("00100030", "DA", "19700101")], elsewhere, "identity");
    await expectClasses([text("00100030", "DA", "19700101")], blank, elsewhere, "identity");
  });
});

describe("always", () => {
  it.each([
    ["00080054", "AE"],
    ["00880140", "UI"],
    ["00201206", "IS"],
  ])("%s", async (tag, vr) => {
    await expectClasses([], [text(tag, vr, "1")], elsewhere, "coercible");
    await expectClasses([text(tag, vr, "1")], [text(tag, vr, "2")], elsewhere, "coercible");
    await expectClasses([text(tag, vr, "1")], [], elsewhere, "coercible");
  });

  it("is said of few: not of descriptions, institutions, dates and numbers of orders", async () => {
    for (const [tag, vr] of [
      ["00081030", "LO"],
      ["00080080", "LO"],
      ["00080020", "DA"],
      ["00080090", "PN"],
      ["00201002", "IS"],
    ] as const) {
      await expectClasses([], [text(tag, vr, "1")], sameFrames, "other");
    }
    await expectClasses([], [text("00080050", "SH", "1")], sameFrames, "identity");
    await expectClasses([], [sequence(le, "00880200", [numbers(le, "00280010", "US", 1)], true)], reEncoded, "other");
  });
});

describe("grown", () => {
  const items = (...values: string[]): Uint8Array =>
    sequence(
      le,
      "0018a001",
      values.map((value) => text("00080070", "LO", value)),
      true,
    );

  it("is a sequence with more items behind those it had", async () => {
    await expectClasses([], [items("A")], elsewhere, "coercible");
    await expectClasses([items("A")], [items("A", "B")], elsewhere, "coercible", "other");
  });

  it("is no sequence that lost or changed one", async () => {
    await expectClasses([items("A", "B")], [items("A")], elsewhere, "other");
    await expectClasses([items("A")], [items("B", "A")], elsewhere, "other");
    await expectClasses([items("A")], [], elsewhere, "other");
  });
});

describe("transcoded", () => {
  const derivation = (value: string): Uint8Array => text("00082111", "ST", value);

  it("is what compression leaves behind, while the picture is the same", async () => {
    await expectClasses([], [derivation("JPEG lossless")], sameFrames, "coercible");
    await expectClasses([], [derivation("JPEG lossless")], reEncoded, "coercible");
    await expectClasses([], [derivation("JPEG lossless")], elsewhere, "other");
    await expectClasses(
      [derivation("Subtracted")],
      [derivation("JPEG lossless [Subtracted]")],
      sameFrames,
      "coercible",
      "other",
    );
    await expectClasses([derivation("Subtracted")], [derivation("JPEG lossless")], sameFrames, "other");
    await expectClasses([derivation("Subtracted")], [], sameFrames, "other");
  });

  it("can confess a loss, and not deny it", async () => {
    const lossy = (value: string): Uint8Array => text("00282110", "CS", value);
    await expectClasses([], [lossy("01")], sameFrames, "coercible");
    await expectClasses([], [lossy("00")], sameFrames, "other");
    await expectClasses([lossy("01")], [lossy("00")], sameFrames, "other");
    await expectClasses([lossy("01")], [], sameFrames, "other");
  });
});

describe("re-encoded", () => {
  it("is how samples lie, once they are the same", async () => {
    for (const tag of ["00280006", "00280100", "00280102"]) {
      await expectClasses([numbers(le, tag, "US", 1)], [numbers(le, tag, "US", 0)], reEncoded, "coercible");
      await expectClasses([numbers(le, tag, "US", 1)], [numbers(le, tag, "US", 0)], sameFrames, "geometry");
    }
    await expectClasses(
      [numbers(le, "00280101", "US", 12)],
      [numbers(le, "00280101", "US", 16)],
      reEncoded,
      "geometry",
    );
    await expectClasses([numbers(le, "00280010", "US", 2)], [numbers(le, "00280010", "US", 3)], reEncoded, "geometry");
  });

  const jpeg: ChangeContext = { ...reEncoded, candidateSyntax: syntaxes.jpegBaseline };
  it.each([
    ["RGB", "YBR_RCT", reEncoded, "coercible"],
    ["YBR_ICT", "RGB", reEncoded, "coercible"],
    ["RGB", "YBR_FULL_422", jpeg, "coercible"],
    ["RGB", "YBR_FULL", reEncoded, "geometry"],
    ["YBR_FULL", "RGB", reEncoded, "geometry"],
    ["MONOCHROME1", "MONOCHROME2", reEncoded, "geometry"],
    ["RGB", "YBR_RCT", sameFrames, "geometry"],
  ] as const)("%s to %s", async (before, now, context, expected) => {
    await expectClasses([text("00280004", "CS", before)], [text("00280004", "CS", now)], context, expected);
  });
});
