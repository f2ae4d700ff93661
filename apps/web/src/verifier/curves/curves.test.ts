import { readFileSync } from "node:fs";
import {
  checkRegistrableKey,
  fromHex,
  nobleBackend,
  type PublicKey,
  publicKeyOf,
  signMessage,
  toHex,
  verifySignature,
} from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { KeyVector } from "../../../../../vectors/signature/key-cases.ts";
import type { SignatureVector } from "../../../../../vectors/signature/signature-vector.ts";
import {
  bigEndian,
  edwards,
  mod,
  type Point,
  p256 as textbookP256,
  toBigEndian,
} from "../../../../../vectors/signature/textbook-curves.ts";
import { ed25519 } from "./edwards25519.ts";
import { p256 } from "./nist-p256.ts";

// Core verifies on the verifier's curves here, as it does in the bundle. Keys and signatures are made on noble's.
vi.mock("@noble/curves/ed25519.js", async (load) => {
  const { ed25519: large } = await load<{ readonly ed25519: object }>();
  const { ed25519: small } = await import("./edwards25519.ts");
  return { ed25519: { ...large, ...small } };
});
vi.mock("@noble/curves/nist.js", async (load) => {
  const { p256: large } = await load<{ readonly p256: { readonly utils: object } }>();
  const { p256: small } = await import("./nist-p256.ts");
  return { p256: { ...large, ...small, utils: { ...large.utils, ...small.utils }, Point: undefined } };
});

const folder = new URL("../../../../../vectors/signature/", import.meta.url);
const vectorsIn = <Vector>(name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Vector[];
const bytes = (hex: string) => fromHex(hex) as Uint8Array;
const scalar = fc.bigInt({ min: 0n, max: 2n ** 256n });

describe.each([
  ["Ed25519", "ed25519.json"],
  ["P-256", "p256.json"],
] as const)("%s", (algorithm, file) => {
  test.each(vectorsIn<SignatureVector>(file))("$title", ({ input, output }) => {
    const key = { algorithm, bytes: bytes(input.publicKey) };
    const verdict = verifySignature(nobleBackend, key, bytes(input.message), bytes(input.signature));
    expect(verdict).toBe(output.fault === null);
    expect(checkRegistrableKey(key) ?? null).toBe(output.keyFault);
  });

  test("what noble signs verifies, and nothing else does", () => {
    const parts = fc.tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array(), fc.nat(511));
    fc.assert(
      fc.property(parts, ([seed, message, bit]) => {
        const secret = { algorithm, bytes: seed.with(0, 0x7f) };
        const key = publicKeyOf(secret);
        const signature = signMessage(secret, message);
        expect(verifySignature(nobleBackend, key, message, signature)).toBe(true);
        const flipped = signature.with(bit >> 3, (signature[bit >> 3] as number) ^ (1 << (bit & 7)));
        expect(verifySignature(nobleBackend, key, message, flipped)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

test.each(vectorsIn<KeyVector>("keys.json"))("key: $title", ({ input, output }) => {
  const { algorithm, publicKey, webauthn } = input;
  const key = { algorithm, bytes: bytes(publicKey), ...(webauthn && { webauthn }) } as PublicKey;
  expect(checkRegistrableKey(key) ?? null).toBe(output.fault);
});

test("multiples on Edwards25519 are the textbook's", () => {
  const { BASE } = ed25519.Point;
  fc.assert(
    fc.property(scalar, scalar, (one, other) => {
      const [expected, subtracted] = [edwards.multiply(one, edwards.base), edwards.multiply(other, edwards.base)];
      expect(toHex(BASE.multiplyUnsafe(one).toBytes())).toBe(toHex(edwards.encode(expected)));
      const difference = edwards.add(expected, { x: mod(-subtracted.x, edwards.p), y: subtracted.y });
      expect(toHex(BASE.multiplyUnsafe(one).subtract(BASE.multiplyUnsafe(other)).toBytes())).toBe(
        toHex(edwards.encode(difference)),
      );
    }),
    { numRuns: 10 },
  );
});

test("bytes are points on Edwards25519 exactly when the textbook can decode them canonically", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (given) => {
      const point = edwards.decode(given);
      const canonical = point !== undefined && toHex(edwards.encode(point)) === toHex(given);
      let read: string | undefined;
      try {
        read = toHex(ed25519.Point.fromBytes(given).toBytes());
      } catch {
        read = undefined;
      }
      expect(read).toBe(canonical ? toHex(given) : undefined);
    }),
    { numRuns: 60 },
  );
});

test("a point is a P-256 key only on the curve", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: textbookP256.n - 1n }), fc.nat(255), (number, bit) => {
      const { x, y } = textbookP256.multiply(number, textbookP256.base) as Point;
      const key = Uint8Array.of(4, ...toBigEndian(x), ...toBigEndian(y));
      expect(p256.utils.isValidPublicKey(key)).toBe(true);
      const moved = toBigEndian(bigEndian(key.subarray(33)) ^ (1n << BigInt(bit)));
      expect(p256.utils.isValidPublicKey(Uint8Array.of(4, ...key.subarray(1, 33), ...moved))).toBe(false);
    }),
    { numRuns: 10 },
  );
});
