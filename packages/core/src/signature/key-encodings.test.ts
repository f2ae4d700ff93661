import { generateKeyPairSync, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type DerVector, derSignature } from "../../../../vectors/signature/der-cases.ts";
import { p256, toBigEndian } from "../../../../vectors/signature/textbook-curves.ts";
import { concat, fromHex, toHex, utf8 } from "../encoding/bytes.ts";
import { derToLowS, fromSpki, rawToDer, toSpki } from "./key-encodings.ts";
import { nobleBackend } from "./noble-backend.ts";
import type { PublicKey } from "./public-key.ts";
import { verifySignature } from "./verification.ts";

const vectors = JSON.parse(
  readFileSync(new URL("../../../../vectors/signature/der.json", import.meta.url), "utf8"),
) as readonly DerVector[];

test.each(vectors)("DER: $title", ({ input, output }) => {
  const raw = derToLowS(fromHex(input) as Uint8Array);
  expect(raw === undefined ? null : toHex(raw)).toBe(output);
});

test("OpenSSL's DER signatures and keys become ours, and back", () => {
  const message = utf8("message");
  for (let round = 0; round < 16; round++) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
    const key = fromSpki(spki) as PublicKey;
    const raw = derToLowS(sign("sha256", message, privateKey)) as Uint8Array;
    expect(verifySignature(nobleBackend, key, message, raw)).toBe(true);
    expect(verify("sha256", message, { key: publicKey, dsaEncoding: "ieee-p1363" }, raw)).toBe(true);
    expect(toSpki("P-256", key.bytes)).toEqual(spki);
  }
});

test("a raw signature has one DER form, and comes back from it", () => {
  const r = fc.bigInt({ min: 1n, max: p256.n - 1n });
  const s = fc.bigInt({ min: 1n, max: p256.n / 2n });
  fc.assert(
    fc.property(r, s, (...scalars) => {
      const raw = concat(...scalars.map(toBigEndian));
      expect(toHex(rawToDer(raw))).toBe(toHex(derSignature(...scalars)));
      expect(derToLowS(rawToDer(raw))).toEqual(raw);
    }),
  );
});

test("an Ed25519 key has its SubjectPublicKeyInfo, other algorithms have none here", () => {
  const spki = new Uint8Array(generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }));
  const key = fromSpki(spki) as PublicKey;
  expect([key.algorithm, toSpki("Ed25519", key.bytes)]).toEqual(["Ed25519", spki]);
  expect(fromSpki(generateKeyPairSync("x25519").publicKey.export({ format: "der", type: "spki" }))).toBe(undefined);
  expect(
    fromSpki(generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey.export({ format: "der", type: "spki" })),
  ).toBe(undefined);
  expect(fromSpki(spki.subarray(0, -1))).toBe(undefined);
});

test("no bytes at all make it throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(derToLowS(bytes)?.length ?? 64).toBe(64);
      expect(fromSpki(bytes)?.bytes.length ?? 65).toBeGreaterThan(31);
    }),
  );
});
