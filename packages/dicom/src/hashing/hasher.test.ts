// The two hashers agree with each other and with core's SHA-256.
import { sha256, toHex, utf8 } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as node from "./hasher-node.ts";
import * as portable from "./hasher-portable.ts";

describe.each([
  ["node", node],
  ["portable", portable],
])("%s hasher", (_, { newHasher, shortDigest }) => {
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
});
