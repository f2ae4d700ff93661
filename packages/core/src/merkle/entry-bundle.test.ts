import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, toHex, utf8 } from "../encoding/bytes.ts";
import { decodeEntryBundle, encodeEntryBundle } from "./entry-bundle.ts";

const malformed = expect.objectContaining({ code: "ENTRY_BUNDLE_MALFORMED" });

describe("an entry bundle", () => {
  test("is each entry after its length in two bytes", () => {
    expect(toHex(encodeEntryBundle([utf8("ab"), utf8(""), utf8("c")]))).toBe("00026162" + "0000" + "000163");
  });

  test("comes back", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { minLength: 1, maxLength: 256 }), (entries) => {
        const decoded = decodeEntryBundle(encodeEntryBundle(entries), entries.length);
        expect(decoded.map(toHex)).toEqual(entries.map(toHex));
      }),
      { numRuns: 30 },
    );
  });

  test("holds entries of 65,535 bytes and none longer, 256 entries and no more, and at least one", () => {
    const longest = new Uint8Array(65_535).fill(7);
    expect(decodeEntryBundle(encodeEntryBundle([longest]), 1)[0]).toEqual(longest);
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(
      expect.objectContaining({ code: "ENTRY_TOO_LONG" }),
    );
    expect(() => encodeEntryBundle(Array.from({ length: 257 }, () => utf8("")))).toThrow(malformed);
    expect(() => encodeEntryBundle([])).toThrow(malformed);
  });

  test("of another width, cut short or with anything after it is refused", () => {
    const bundle = encodeEntryBundle([utf8("first"), utf8("second")]);
    for (let length = 0; length < bundle.length; length++)
      expect(() => decodeEntryBundle(bundle.subarray(0, length), 2)).toThrow(malformed);
    expect(() => decodeEntryBundle(bundle, 1)).toThrow(malformed);
    expect(() => decodeEntryBundle(bundle, 3)).toThrow(malformed);
    expect(() => decodeEntryBundle(concat(bundle, Uint8Array.of(0)), 2)).toThrow(malformed);
  });
});
