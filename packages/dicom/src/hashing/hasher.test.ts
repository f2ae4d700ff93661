// The two hashers agree with each other, with core's SHA-256, and with RFC 4231 § 4.3.
import { sha256, toHex, utf8 } from "@fiducial/core";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as node from "./hasher-node.ts";
import * as portable from "./hasher-portable.ts";

describe.each([
  ["node", node],
  ["portable", portable],
])("%s hasher", (_, { newHasher, shortDigest, keyedHash }) => {
  it("hashes pieces as if they were one", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (pieces) => {
        const hasher = newHasher();
        for (const piece of pieces) hasher.update(piece);
        expect(toHex(hasher.digest())).toBe(toHex(sha256(...pieces)));
      }),
    );
  });

  it("forks without disturbing the original", () => {
    const hasher = newHasher();
    hasher.update(utf8("one "));
    const fork = hasher.fork();
    hasher.update(utf8("two"));
    fork.update(utf8("three"));
    expect(toHex(hasher.digest())).toBe(toHex(sha256(utf8("one two"))));
    expect(toHex(fork.digest())).toBe(toHex(sha256(utf8("one three"))));
  });

  it("hashes short things as if they were long", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toHex(shortDigest(bytes))).toBe(toHex(sha256(bytes)));
      }),
    );
  });

  it("computes HMAC-SHA256, again and again under one key", () => {
    const keyed = keyedHash(utf8("Jefe"));
    for (let round = 0; round < 2; round++) {
      expect(toHex(keyed("what do ya want for nothing?"))).toBe(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      );
    }
  });

  it("computes the HMAC that core and every library compute, for keys and messages of any length", () => {
    const key = fc.uint8Array({ maxLength: 200 });
    const messages = fc.array(fc.string({ unit: "grapheme", maxLength: 400 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(key, messages, (secret, texts) => {
        const keyed = keyedHash(secret);
        for (const text of texts) expect(toHex(keyed(text))).toBe(toHex(hmac(nobleSha256, secret, utf8(text))));
      }),
    );
  });
});
