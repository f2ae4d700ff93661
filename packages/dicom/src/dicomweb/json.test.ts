// The DICOM JSON Model: every VR, what is long, what is nested, and the bytes behind the addresses. DICOM PS3.18 § F.2.
import { concat, utf8 } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { type SmallObjectOptions, smallObject } from "../phantom/index.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { readObject } from "../reading/object.ts";
import { headerJson } from "./header-json.ts";
import { dicomJsonText, jsonTag, tagOfJson } from "./json-model.ts";
import { jsonAttribute } from "./json-value.ts";
import { bulkValueAt, objectJson } from "./object-json.ts";

const encoding = { bigEndian: false, characterSets: [] };

async function modelOf(options: SmallObjectOptions, inlineBytes?: number) {
  const object = await readObject(bytesSource(smallObject(options)));
  const limit = inlineBytes === undefined ? {} : { inlineBytes };
  return { object, model: JSON.parse(dicomJsonText(objectJson(object, { bulkDataUri: (path) => path, ...limit }))) };
}

async function bytesAt(object: Parameters<typeof bulkValueAt>[0], path: string) {
  const value = bulkValueAt(object, path);
  if (value === undefined || value === "pixel-data") return value;
  const pieces: Uint8Array[] = [];
  for await (const piece of value()) pieces.push(piece);
  return concat(...pieces);
}

describe("values", () => {
  test.each<[string, string, unknown]>([
    ["LO", "one\\\\three ", { vr: "LO", Value: ["one", null, "three"] }],
    ["LT", " a\\b ", { vr: "LT", Value: [" a\\b"] }],
    ["CS", " ORIGINAL \\PRIMARY", { vr: "CS", Value: ["ORIGINAL", "PRIMARY"] }],
    ["UI", "1.2.3\0", { vr: "UI", Value: ["1.2.3"] }],
    ["DA", "", { vr: "DA" }],
    ["SH", "  ", { vr: "SH" }],
    ["IS", "12\\ -3 ", { vr: "IS", Value: [12, -3] }],
    ["IS", "12.5", { vr: "IS", Value: ["12.5"] }],
    ["DS", "0.10\\1e3\\-.5", { vr: "DS", Value: [0.1, 1000, -0.5] }],
    ["DS", "0.1234567890123456\\none\\1e999", { vr: "DS", Value: ["0.1234567890123456", "none", "1e999"] }],
    [
      "PN",
      "A^B=C^D=E^F\\=X",
      { vr: "PN", Value: [{ Alphabetic: "A^B", Ideographic: "C^D", Phonetic: "E^F" }, { Ideographic: "X" }] },
    ],
    ["OB", "ab", { vr: "OB", InlineBinary: "YWI=" }],
    ["UN", "", { vr: "UN" }],
  ])("%s %j", (vr, text, expected) => {
    expect(jsonAttribute(vr, utf8(text), encoding)).toEqual(expected);
  });

  test.each<[string, readonly number[], unknown]>([
    ["US", [1, 2, 0xff, 0xff], [513, 65535]],
    ["SS", [0xff, 0xff], [-1]],
    ["UL", [0, 0, 0, 0x80], [2147483648]],
    ["SL", [0xff, 0xff, 0xff, 0xff], [-1]],
    ["AT", [0x10, 0x00, 0x20, 0x00], ["00100020"]],
    ["FL", [0, 0, 0xc0, 0x7f], ["NaN"]],
    ["FD", [0, 0, 0, 0, 0, 0, 0xf0, 0x3f], [1]],
    ["UV", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], ["18446744073709551615"]],
    ["SV", [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [-2]],
  ])("%s %j, in either byte order", (vr, bytes, Value) => {
    expect(jsonAttribute(vr, Uint8Array.from(bytes), encoding)).toEqual({ vr, Value });
    const width = vr === "AT" ? 2 : bytes.length / (Value as unknown[]).length;
    const reversed = Uint8Array.from(bytes);
    for (let at = 0; at < reversed.length; at += width) reversed.subarray(at, at + width).reverse();
    expect(jsonAttribute(vr, reversed, { ...encoding, bigEndian: true })).toEqual({ vr, Value });
  });

  test("bytes that make no whole number make none", () => {
    expect(jsonAttribute("US", Uint8Array.of(1), encoding)).toEqual({ vr: "US" });
  });
});

test("attributes come in the order of their tags, those that look like numbers of an array too", async () => {
  const { model: _, object } = await modelOf({ elements: { "20100010": { vr: "ST", value: "x" } } as never });
  const text = dicomJsonText(objectJson(object, { bulkDataUri: (path) => path }));
  const tags = [...text.matchAll(/"([0-9A-F]{8})":\{"vr"/g)].map(([, tag]) => tag);
  expect(tags).toContain("20100010");
  expect(tags).toEqual(tags.toSorted());
});

test("tags are written and read", () => {
  expect(tagOfJson(jsonTag(0x7fe00010))).toBe(0x7fe00010);
  for (const bad of ["7FE0001", "7fe0,0010", "x".repeat(8), ""]) expect(tagOfJson(bad)).toBeUndefined();
});

describe("an object", () => {
  test("has addresses for pixel data and long values, in sequences too, and the bytes are behind them", async () => {
    const long = Uint8Array.from({ length: 40 }, (_, at) => at);
    const inner = {
      "00281201": { vr: "OW", value: long },
      "00281202": { vr: "OW", value: long.subarray(0, 4) },
    } as const;
    const elements = { "00880200": { vr: "SQ", value: [{}, inner] }, "00420011": { vr: "OB", value: long } } as const;
    const { model, object } = await modelOf({ kind: "SC", elements }, 39);
    expect(model["7FE00010"]).toEqual({ vr: "OW", BulkDataURI: "7FE00010" });
    expect(model["00420011"]).toEqual({ vr: "OB", BulkDataURI: "00420011" });
    expect(model["00880200"].Value).toEqual([
      {},
      {
        "00281201": { vr: "OW", BulkDataURI: "00880200/2/00281201" },
        "00281202": { vr: "OW", InlineBinary: "AAECAw==" },
      },
    ]);
    expect(await bytesAt(object, "7FE00010")).toBe("pixel-data");
    expect(await bytesAt(object, "00880200/2/00281201")).toEqual(long);
    expect(await bytesAt(object, "00420011")).toEqual(long);
    const nowhere = ["00420011x", "00420011/1", "00089999", "00880200/0/00281201", "00880200/3/00281201", "", "/"];
    for (const path of [...nowhere, "00880200/1/", "00880200", "00880200/2/00281201/1"])
      expect(await bytesAt(object, path)).toBeUndefined();
  });

  test("is in UTF-8 whatever it was in, and says so", async () => {
    const { model } = await modelOf({ attributes: { PatientName: "Bergström^Ännchen" } });
    expect(model["00080005"]).toEqual({ vr: "CS", Value: ["ISO_IR 192"] });
    expect(model["00100010"]).toEqual({ vr: "PN", Value: [{ Alphabetic: "Bergström^Ännchen" }] });
    expect(model["00020010"]).toBeUndefined();
  });

  test("and its canonical header say the same of standard attributes", async () => {
    const bytes = smallObject({ attributes: { PatientName: "Bergström^Ännchen", PatientID: "X" } });
    const { canonicalHeader } = await fingerprint(bytesSource(bytes));
    const whole = objectJson(await readObject(bytesSource(bytes)), { bulkDataUri: (path) => path });
    const fromHeader = headerJson(canonicalHeader);
    expect(fromHeader.size).toBeGreaterThan(20);
    for (const [tag, attribute] of fromHeader) expect([tag, attribute]).toEqual([tag, whole.get(tag)]);
    const missing = [...whole.keys()].filter((tag) => !fromHeader.has(tag));
    expect(missing).toEqual(["7FE00010"]);
    expect([...headerJson(canonicalHeader, (tag) => tag === 0x00100020)]).toEqual([
      ["00100020", { vr: "LO", Value: ["X"] }],
    ]);
  });
});
