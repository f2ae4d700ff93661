// Media types and what clients accept. RFC 9110 § 8.3.1, § 12.5.1.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { covers, parseAccept, parseMediaType } from "./media-type.ts";
import { frameMediaType } from "./media-types-of-frames.ts";

const read = (field: string) => {
  const type = parseMediaType(field);
  return type && [type.name, Object.fromEntries(type.parameters)];
};

describe("a media type", () => {
  test.each<[string, unknown]>([
    ["application/dicom", ["application/dicom", {}]],
    ["Application/DICOM ; Transfer-Syntax = *", ["application/dicom", { "transfer-syntax": "*" }]],
    [
      'multipart/related; type="application/dicom"; boundary="a b"',
      ["multipart/related", { type: "application/dicom", boundary: "a b" }],
    ],
    [
      "multipart/related; type=application/dicom; boundary=x",
      ["multipart/related", { type: "application/dicom", boundary: "x" }],
    ],
    ['a/b; c="\\"d\\\\"', ["a/b", { c: '"d\\' }]],
    ["a/b;", ["a/b", {}]],
    ["a/b; c=1; C=2", undefined],
    ["a/b, c/d", undefined],
    ['a/b; c="open', undefined],
    ["a", undefined],
    ["", undefined],
    [`a/${"b".repeat(9000)}`, undefined],
  ])("%s", (field, expected) => {
    expect(read(field)).toEqual(expected);
  });
});

describe("what is accepted", () => {
  const names = (field: string | undefined) => parseAccept(field)?.map(({ name }) => name);
  test.each<[string | undefined, unknown]>([
    [undefined, ["*/*"]],
    [" ", ["*/*"]],
    ["image/png;q=0.5, image/jpeg", ["image/jpeg", "image/png"]],
    ["a/b;q=0, c/d", ["c/d"]],
    ["a/b,,c/d", ["a/b", "c/d"]],
    ["a/b;q=2", undefined],
    ["a/b c/d", undefined],
    [Array.from({ length: 65 }, () => "a/b").join(), undefined],
  ])("%s", (field, expected) => {
    expect(names(field)).toEqual(expected);
  });

  test("covers a type by its name, its family, or all", () => {
    const covering = (range: string) => parseAccept(range)?.map((accepted) => covers(accepted, "image/png"));
    expect(["image/png", "image/*", "*/*", "image/jpeg", "imag/*"].map(covering)).toEqual([
      [true],
      [true],
      [true],
      [false],
      [false],
    ]);
  });

  test("is read in no time, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a/;=", \\*q.0'), maxLength: 200 }), (field) => {
        parseAccept(field);
        parseMediaType(field);
      }),
      { numRuns: 2000 },
    );
    const started = performance.now();
    for (const hard of [`a/b${" ;".repeat(4000)}`, `a/b; c="${"\\".repeat(8000)}`, `a/b${";".repeat(8000)}x`])
      parseAccept(hard);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test("frames have the media type of their encoding", () => {
  const types = ["1", "2", "1.99", "5", "4.50", "4.70", "4.80", "4.91", "4.202", "4.110", "4.100", "4.104", "4.102.1"];
  expect(types.map((end) => frameMediaType(`1.2.840.10008.1.2.${end}`))).toEqual([
    ...Array(3).fill("application/octet-stream"),
    "image/dicom-rle",
    ...Array(2).fill("image/jpeg"),
    ...["image/jls", "image/jp2", "image/jphc", "image/jxl", "video/mpeg", "video/mp4", "video/mp4"],
  ]);
});
