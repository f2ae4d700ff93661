import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as ofNode from "./byte-text-node.ts";
import * as portable from "./byte-text-portable.ts";
import { fromBase64, fromBase64Url, fromHex, toBase64, toBase64Url, toHex, utf8, utf8Decode } from "./bytes.ts";
import { sha256 as nodeSha256 } from "./sha256-node.ts";
import { sha256 as portableSha256 } from "./sha256-portable.ts";

const bytes = fc.uint8Array({ maxLength: 20_000 });

describe("bytes as text", () => {
  test("come back, in Node's way and in the browser's", () => {
    fc.assert(
      fc.property(bytes, (given) => {
        for (const { encodeHex, decodeHex, encodeBase64, decodeBase64 } of [ofNode, portable]) {
          expect(decodeHex(encodeHex(given))).toEqual(given);
          expect(decodeBase64(encodeBase64(given))).toEqual(given);
        }
        expect(portable.encodeHex(given)).toBe(ofNode.encodeHex(given));
        expect(portable.encodeBase64(given)).toBe(ofNode.encodeBase64(given));
        expect([fromHex(toHex(given)), fromBase64(toBase64(given)), fromBase64Url(toBase64Url(given))]).toEqual([
          given,
          given,
          given,
        ]);
      }),
      { numRuns: 50 },
    );
  });

  test.each(["A", "AB==", "QUI", "QUI==", "QUJD\n", " QUJD", "QU-D", "QUJD====", "=", "QUJ=D"])(
    "%j is no canonical base64",
    (text) => {
      expect(fromBase64(text)).toBeUndefined();
    },
  );
  test.each(["0", "0G", "AB", "0x", " 0", "zz"])("%j is no lower-case hex", (text) => {
    expect(fromHex(text)).toBeUndefined();
  });
  test.each(["QQ==", "Q", "QR", "Q Q", "Q/Q+"])("%j is no canonical base64url", (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });

  test("UTF-8 is one in Node and in the browser", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(ofNode.encodeUtf8(text)).toEqual(portable.encodeUtf8(text));
      }),
    );
  });

  test("UTF-8 that is none is not mended, and a byte-order mark is not swallowed", () => {
    expect(utf8Decode(Uint8Array.of(0xff))).toBeUndefined();
    expect(utf8Decode(utf8("\uFEFFa"))).toBe("\uFEFFa");
  });
});

test("SHA-256 is one function in Node and in the browser", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (parts) => {
      expect(nodeSha256(...parts)).toEqual(portableSha256(...parts));
    }),
  );
  expect(toHex(nodeSha256(utf8("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
