import fc from "fast-check";
import { expect, test } from "vitest";
import { laxBackend } from "../../../../vectors/signature/textbook-signatures.ts";
import { fromHex, toHex, utf8 } from "../encoding/bytes.ts";
import { nobleBackend } from "./noble-backend.ts";
import type { SignatureAlgorithm } from "./public-key.ts";
import { publicKeyOf, type SecretKey, signMessage } from "./signing.ts";
import { verifySignature } from "./verification.ts";

test("RFC 8032 § 7.1, test 2", () => {
  const secret = secretKey("Ed25519", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  expect(toHex(publicKeyOf(secret).bytes)).toBe("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  expect(toHex(signMessage(secret, Uint8Array.of(0x72)))).toBe(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  );
});

test("RFC 6979 § A.2.5, SHA-256: the message «test» as it stands, «sample» with n − s for its high s", () => {
  const secret = secretKey("P-256", "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
  expect(toHex(publicKeyOf(secret).bytes)).toBe(
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
  );
  expect(toHex(signMessage(secret, utf8("test")))).toBe(
    "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
  );
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8n;
  expect(toHex(signMessage(secret, utf8("sample")))).toBe(
    `efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716${(n - s).toString(16).padStart(64, "0")}`,
  );
});

test.each(["Ed25519", "P-256"] as const)(
  "%s signatures verify, by a textbook too, and are the same each time",
  (algorithm) => {
    const equation = algorithm === "Ed25519" ? laxBackend.verifyEd25519 : laxBackend.verifyP256;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array(), (seed, message) => {
        const secret = { algorithm, bytes: seed.with(0, 0x7f) };
        const key = publicKeyOf(secret);
        const signature = signMessage(secret, message);
        expect(verifySignature(nobleBackend, key, message, signature)).toBe(true);
        expect(equation(key.bytes, message, signature)).toBe(true);
        expect(signMessage(secret, message)).toEqual(signature);
      }),
      { numRuns: 20 },
    );
  },
);

test.each([
  ["an Ed25519 seed of 31 bytes", secretKey("Ed25519", "11".repeat(31))],
  ["a scalar of 31 bytes", secretKey("P-256", "11".repeat(31))],
  ["the scalar 0", secretKey("P-256", "00".repeat(32))],
  ["the scalar n", secretKey("P-256", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")],
])("refuses %s", (_, secret) => {
  expect(() => publicKeyOf(secret)).toThrow(expect.objectContaining({ code: "SECRET_KEY_MALFORMED" }));
  expect(() => signMessage(secret, utf8("message"))).toThrow(expect.objectContaining({ code: "SECRET_KEY_MALFORMED" }));
});

function secretKey(algorithm: SignatureAlgorithm, hex: string): SecretKey {
  return { algorithm, bytes: fromHex(hex) as Uint8Array };
}
