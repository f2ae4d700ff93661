import { toHex, utf8 } from "@fiducial/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { keywords, tagOf, vrOf } from "./attributes.ts";
import type { DataSet } from "./element.ts";
import { elementPlaces } from "./element-walk.ts";
import { encodeDataSet, explicitForm, writePart10 } from "./part10.ts";

const nested: DataSet = { "00081032": { vr: "SQ", value: [{ "00080100": { vr: "SH", value: "X" } }] } };

test("explicit, lengths stated", () => {
  expect(toHex(encodeDataSet(nested, explicitForm))).toBe(
    "0800321053510000120000" + "00feff00e00a00000008000001534802005820",
  );
});

test("explicit, with delimiters", () => {
  const bytes = encodeDataSet(nested, { transferSyntax: "explicit", sequences: "undefined" });
  expect(toHex(bytes)).toBe(
    "08003210535100" +
      "00ffffffff" +
      "feff00e0ffffffff" +
      "08000001534802005820" +
      "feff0de000000000" +
      "feffdde000000000",
  );
});

test("implicit", () => {
  const bytes = encodeDataSet(nested, { transferSyntax: "implicit", sequences: "defined" });
  expect(toHex(bytes)).toBe("0800321012000000" + "feff00e00a000000" + "08000001020000005820");
});

test("a sequence without items is empty", () => {
  expect(toHex(encodeDataSet({ "00081111": { vr: "SQ" } }, explicitForm))).toBe("080011115351000000000000");
});

test("a file begins with preamble, prefix and file meta information of the stated length", () => {
  const bytes = writePart10({ "00080018": { vr: "UI", value: "1.2.3.4" }, "00080016": { vr: "UI", value: "1.2" } });
  const view = new DataView(bytes.buffer);
  expect(bytes.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
  expect(bytes.subarray(128, 132)).toEqual(utf8("DICM"));
  const afterMeta = 144 + view.getUint32(140, true);
  expect(toHex(bytes.subarray(afterMeta))).toBe(
    "08001600" + "55490400" + "312e3200" + "08001800" + "55490800" + "312e322e332e3400",
  );
});

test("elements come in ascending order, whatever the order of the description", () => {
  const tag = fc
    .integer({ min: 0x00080000, max: 0x7fdfffff })
    .map((number) => number.toString(16).padStart(8, "0").toUpperCase());
  const value = fc.string({ maxLength: 20 }).filter((text) => text.isWellFormed() && !text.includes("\\"));
  fc.assert(
    fc.property(fc.dictionary(tag, value, { maxKeys: 20 }), (values) => {
      const elements = Object.entries(values).map(([key, text]) => [key, { vr: "UT", value: text }] as const);
      const places = elementPlaces(writePart10(Object.fromEntries(elements.reverse())));
      const tags = places.map((place) => place.tag);
      expect(tags).toEqual([...tags].sort());
      expect(tags.filter((each) => !each.startsWith("0002"))).toEqual(Object.keys(values).sort());
      expect(places.every(({ start, end }) => (end - start) % 2 === 0)).toBe(true);
    }),
  );
});

test("keywords have the tags and VRs of the dictionary", () => {
  for (const keyword of keywords()) {
    const entry = dictionaryEntry(Number.parseInt(tagOf(keyword), 16));
    expect(entry?.keyword).toBe(keyword);
    const vr = { ox: "OW", xs: "US" }[entry?.vr ?? ""] ?? entry?.vr;
    expect([keyword, vrOf(keyword)]).toEqual([keyword, vr]);
  }
});
