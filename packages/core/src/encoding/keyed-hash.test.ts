// HMAC-SHA256 agrees with RFC 4231 and with what two libraries compute.
import { createHmac } from "node:crypto";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as noble } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex, utf8 } from "./bytes.ts";
import * as node from "./sha256-node.ts";
import * as portable from "./sha256-portable.ts";

describe.each([
  ["Node", node],
  ["a browser", portable],
])("HMAC-SHA256 in %s", (_, { keyedHash }) => {
  test("is what RFC 4231 § 4.3 shows, again and again under one key", () => {
    const keyed = keyedHash(utf8("Jefe"));
    for (let round = 0; round < 2; round++)
      expect(toHex(keyed("what do ya want for nothing?"))).toBe(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      );
  });

  test("is what libraries compute, for keys and texts of any length", () => {
    const texts = fc.array(fc.string({ unit: "grapheme", maxLength: 400 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), texts, (key, messages) => {
        const keyed = keyedHash(key);
        for (const message of messages) {
          expect(toHex(keyed(message))).toBe(createHmac("sha256", key).update(message).digest("hex"));
          expect(toHex(keyed(message))).toBe(toHex(hmac(noble, key, utf8(message))));
        }
      }),
    );
  });
});
