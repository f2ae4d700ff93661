import { fromHex, toHex, utf8 } from "@fiducial/core";
import { expect, test } from "vitest";
import { type Element, encodeValue } from "./element.ts";

const unfit: readonly (readonly [string, Exclude<Element, { vr: "SQ" }>])[] = [
  ["text longer than its VR allows", { vr: "SH", value: "seventeen letters" }],
  ["a backslash inside one value", { vr: "LO", value: "a\\b" }],
  ["a fraction where integers belong", { vr: "US", value: 1.5 }],
  ["a number too large", { vr: "US", value: 65536 }],
  ["a number too small", { vr: "SS", value: -32769 }],
  ["no number at all", { vr: "FD", value: Number.NaN }],
];

test.each(unfit)("%s is refused", (_, element) => {
  expect(() => encodeValue("00100010", element)).toThrow(
    expect.objectContaining({ code: "VALUE_UNFIT", tag: "00100010" }),
  );
});

const written: readonly (readonly [string, Exclude<Element, { vr: "SQ" }>, Uint8Array | undefined])[] = [
  ["no value", { vr: "LO" }, new Uint8Array()],
  ["odd text is padded with a space", { vr: "CS", value: "ABC" }, utf8("ABC ")],
  ["an odd UID is padded with a zero byte", { vr: "UI", value: "1.2" }, utf8("1.2\0")],
  ["several values", { vr: "DS", value: [0.742, 0.742, 8] }, utf8("0.742\\0.742\\8 ")],
  ["text is UTF-8, padded by bytes", { vr: "PN", value: "Köhler" }, utf8("Köhler ")],
  ["text of one value may hold a backslash", { vr: "LT", value: "a\\b " }, utf8("a\\b ")],
  ["a long fraction is cut to sixteen characters", { vr: "DS", value: -1.2345678901234567 }, utf8("-1.2345678901235")],
  ["unsigned", { vr: "US", value: [1, 65535] }, fromHex("0100ffff")],
  ["signed", { vr: "SS", value: -2000 }, fromHex("30f8")],
  ["32 bits", { vr: "UL", value: 0xdeadbeef }, fromHex("efbeadde")],
  ["signed 32 bits", { vr: "SL", value: -2 }, fromHex("feffffff")],
  ["64-bit floating point", { vr: "FD", value: 1.5 }, fromHex("000000000000f83f")],
  ["32-bit floating point", { vr: "FL", value: 1.5 }, fromHex("0000c03f")],
  ["an odd number of bytes", { vr: "OB", value: new Uint8Array([1, 2, 3]) }, fromHex("01020300")],
  ["16-bit samples, little endian", { vr: "OW", value: new Int16Array([-2, 258]) }, fromHex("feff0201")],
];

test.each(written)("%s", (_, element, expected) => {
  expect(toHex(encodeValue("00100010", element))).toBe(toHex(expected ?? new Uint8Array()));
});
