import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { KeyVector } from "../../../../vectors/signature/key-cases.ts";
import type { SignatureVector } from "../../../../vectors/signature/signature-vector.ts";
import { edwards, type Point } from "../../../../vectors/signature/textbook-curves.ts";
import { fromHex } from "../encoding/bytes.ts";
import { firstFault } from "./check.ts";
import { fromSpki } from "./key-encodings.ts";
import { keyId, type PublicKey } from "./public-key.ts";
import {
  checkRegistrableKey,
  type KeyFault,
  keyFaults,
  registrableKeyChecks,
  webAuthnParameterChecks,
} from "./registrable-key.ts";
import { publicKeyOf } from "./signing.ts";

const keys = vectorsIn<KeyVector>("keys.json");
const signatures = {
  Ed25519: vectorsIn<SignatureVector>("ed25519.json"),
  "P-256": vectorsIn<SignatureVector>("p256.json"),
} as const;

test.each(keys)("$title", ({ input, output }) => {
  const key = keyOf(input);
  expect(keyId(key)).toBe(output.keyId);
  expect(checkRegistrableKey(key) ?? null).toBe(output.fault);
});

test.each(["Ed25519", "P-256"] as const)("%s keys of the signature vectors", (algorithm) => {
  const webauthn = { rpIdHash: "0".repeat(64), origins: ["https://records.example"] };
  for (const { input, output } of signatures[algorithm]) {
    const bytes = fromHex(input.publicKey) as Uint8Array;
    expect(checkRegistrableKey({ algorithm, bytes }) ?? null).toBe(output.keyFault);
    expect(checkRegistrableKey({ algorithm: `WebAuthn-${algorithm}`, bytes, webauthn }) ?? null).toBe(output.keyFault);
  }
});

// Length and canonical form of an Ed25519 key are missed in verification (verification.test.ts); here decoding would still notice.
test.each([
  ["Ed25519", "KEY_SMALL_ORDER"],
  ["Ed25519", "KEY_NOT_A_POINT"],
  ["Ed25519", "KEY_NOT_TORSION_FREE"],
  ["P-256", "KEY_NOT_A_POINT"],
] as const)("%s: without %s a bad key would be registered", (algorithm, code) => {
  const left = registrableKeyChecks[algorithm].filter((check) => check.code !== code);
  const accepted = signatures[algorithm].filter(
    ({ input, output }) =>
      output.keyFault === code && firstFault(left, fromHex(input.publicKey) as Uint8Array) === undefined,
  );
  expect(accepted.length).toBeGreaterThan(0);
});

test.each(webAuthnParameterChecks.map(({ code }) => code))(
  "without %s a bad declaration would be registered",
  (code) => {
    const left = webAuthnParameterChecks.filter((check) => check.code !== code);
    const breaches = keys.filter(({ output }) => output.fault === code);
    expect(breaches.length).toBeGreaterThan(0);
    for (const { input } of breaches) expect(input.webauthn && firstFault(left, input.webauthn)).toBe(undefined);
  },
);

test("keys made by OpenSSL can be registered, and an Ed25519 key moved by any point of small order cannot", () => {
  const torsion = edwards.decode(
    fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05") as Uint8Array,
  ) as Point;
  for (let round = 0; round < 8; round++) {
    const ed25519 = fromSpki(
      generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }),
    ) as PublicKey;
    const p256 = fromSpki(
      generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "der", type: "spki" }),
    ) as PublicKey;
    expect([ed25519, p256].map(checkRegistrableKey)).toEqual([undefined, undefined]);
    const point = edwards.decode(ed25519.bytes) as Point;
    for (let order = 1n; order < 8n; order++) {
      const bytes = edwards.encode(edwards.add(point, edwards.multiply(order, torsion)));
      expect(checkRegistrableKey({ algorithm: "Ed25519", bytes })).toBe("KEY_NOT_TORSION_FREE");
    }
  }
});

test("any secret's key can be registered; no bytes at all make it throw", () => {
  const algorithm = fc.constantFrom("Ed25519", "P-256");
  fc.assert(
    fc.property(algorithm, fc.uint8Array({ minLength: 32, maxLength: 32 }), (name, seed) => {
      expect(checkRegistrableKey(publicKeyOf({ algorithm: name, bytes: seed.with(0, 0x7f) }))).toBe(undefined);
    }),
    { numRuns: 30 },
  );
  fc.assert(
    fc.property(algorithm, fc.uint8Array({ maxLength: 70 }), (name, bytes) => {
      const fault: KeyFault | undefined = checkRegistrableKey({ algorithm: name, bytes });
      expect(fault === undefined || fault in keyFaults).toBe(true);
    }),
  );
});

test("every fault is produced", () => {
  const produced = [
    ...keys.map(({ output }) => output.fault),
    ...Object.values(signatures)
      .flat()
      .map(({ output }) => output.keyFault),
  ];
  expect(new Set(produced.filter((fault) => fault !== null))).toEqual(new Set(Object.keys(keyFaults)));
});

function vectorsIn<Vector>(name: string): readonly Vector[] {
  return JSON.parse(
    readFileSync(new URL(`../../../../vectors/signature/${name}`, import.meta.url), "utf8"),
  ) as Vector[];
}

function keyOf({ algorithm, publicKey, webauthn }: KeyVector["input"]): PublicKey {
  const key = { algorithm: algorithm as PublicKey["algorithm"], bytes: fromHex(publicKey) as Uint8Array };
  return webauthn === null ? key : { ...key, webauthn };
}
