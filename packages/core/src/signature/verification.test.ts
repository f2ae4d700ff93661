import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SignatureVector } from "../../../../vectors/signature/signature-vector.ts";
import { laxBackend } from "../../../../vectors/signature/textbook-signatures.ts";
import { fromHex, utf8 } from "../encoding/bytes.ts";
import { type Check, firstFault } from "./check.ts";
import { ed25519KeyChecks, ed25519SignatureChecks, precheckEd25519 } from "./ed25519-rule.ts";
import { nobleBackend } from "./noble-backend.ts";
import { p256KeyChecks, p256SignatureChecks, precheckP256 } from "./p256-rule.ts";
import type { SignatureAlgorithm } from "./public-key.ts";
import { publicKeyOf, signMessage } from "./signing.ts";
import { type SignatureBackend, verifySignature } from "./verification.ts";

/** Shows its shape: what signs, and the rule that goes with it. */
interface Rule {
  readonly algorithm: SignatureAlgorithm;
  readonly keyChecks: readonly Check<Uint8Array, string>[];
  readonly signatureChecks: readonly Check<Uint8Array, string>[];
  readonly precheck: (publicKey: Uint8Array, signature: Uint8Array) => boolean;
  readonly equation: (backend: SignatureBackend) => SignatureBackend["verifyEd25519"];
  readonly vectors: readonly SignatureVector[];
}

const rules: readonly Rule[] = [
  {
    algorithm: "Ed25519",
    keyChecks: ed25519KeyChecks,
    signatureChecks: ed25519SignatureChecks,
    precheck: precheckEd25519,
    equation: (backend) => backend.verifyEd25519,
    vectors: vectorsIn("ed25519.json"),
  },
  {
    algorithm: "P-256",
    keyChecks: p256KeyChecks,
    signatureChecks: p256SignatureChecks,
    precheck: precheckP256,
    equation: (backend) => backend.verifyP256,
    vectors: vectorsIn("p256.json"),
  },
];

describe.each(rules)("$algorithm", (rule) => {
  const { algorithm, vectors } = rule;

  test.each(vectors)("$title", ({ input, output }) => {
    const { publicKey, message, signature } = bytesOf(input);
    const passes = output.fault === null || output.fault === "EQUATION";
    expect(firstFault(rule.signatureChecks, signature) ?? firstFault(rule.keyChecks, publicKey) ?? null).toBe(
      passes ? null : output.fault,
    );
    expect(rule.precheck(publicKey, signature)).toBe(passes);
    expect(verifySignature(nobleBackend, { algorithm, bytes: publicKey }, message, signature)).toBe(
      output.fault === null,
    );
  });

  test.each([...rule.keyChecks, ...rule.signatureChecks].map(({ code }) => code))(
    "without %s a bad signature would pass",
    (code) => {
      const accepting =
        (left: string | undefined) =>
        ({ input }: SignatureVector) => {
          const { publicKey, message, signature } = bytesOf(input);
          const fault =
            firstFault(without(rule.keyChecks, left), publicKey) ??
            firstFault(without(rule.signatureChecks, left), signature);
          return fault === undefined && rule.equation(laxBackend)(publicKey, message, signature);
        };
      const breaches = vectors.filter(({ output }) => output.fault === code && output.equationHolds);
      expect(breaches.length).toBeGreaterThan(0);
      expect(breaches.filter(accepting(undefined))).toEqual([]);
      expect(breaches.filter(accepting(code))).toEqual(breaches);
    },
  );

  test("no changed bit verifies, in key, message or signature", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 1, maxLength: 99 }),
        fc.nat(),
        fc.nat(2),
        (seed, message, at, part) => {
          const secret = { algorithm, bytes: seed.with(0, 0x7f) };
          const { bytes } = publicKeyOf(secret);
          const parts = [signMessage(secret, message), message, bytes] as const;
          const verdict = ([signature, text, key]: readonly Uint8Array[]) =>
            verifySignature(
              nobleBackend,
              { algorithm, bytes: key as Uint8Array },
              text as Uint8Array,
              signature as Uint8Array,
            );
          expect(verdict(parts)).toBe(true);
          expect(verdict(parts.map((value, index) => (index === part ? flipped(value, at) : value)))).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("no bytes at all make it throw", () => {
    const bytes = fc.uint8Array({ maxLength: 70 });
    const key = fc.oneof(bytes, fc.constantFrom(...vectors.map(({ input }) => bytesOf(input).publicKey)));
    const signature = fc.oneof(bytes, fc.uint8Array({ minLength: 64, maxLength: 64 }));
    fc.assert(
      fc.property(key, bytes, signature, (publicKey, message, value) => {
        expect(verifySignature(nobleBackend, { algorithm, bytes: publicKey }, message, value)).toBe(false);
      }),
    );
  });

  test("a passkey's signature over a message is none", () => {
    const secret = { algorithm, bytes: new Uint8Array(32).fill(7) };
    const { bytes } = publicKeyOf(secret);
    const message = utf8("message");
    const verdict = (as: SignatureAlgorithm | `WebAuthn-${SignatureAlgorithm}`) =>
      verifySignature(nobleBackend, { algorithm: as, bytes }, message, signMessage(secret, message));
    expect([verdict(algorithm), verdict(`WebAuthn-${algorithm}`)]).toEqual([true, false]);
  });
});

test("the backend's equation has no cofactor", () => {
  const cofactored = vectorsIn("ed25519.json").filter(({ title }) => title.includes("with the cofactor only"));
  expect(cofactored).toHaveLength(2);
  for (const { input } of cofactored) {
    const { publicKey, message, signature } = bytesOf(input);
    expect(precheckEd25519(publicKey, signature)).toBe(true);
    expect(nobleBackend.verifyEd25519(publicKey, message, signature)).toBe(false);
  }
});

function vectorsIn(name: string): readonly SignatureVector[] {
  return JSON.parse(
    readFileSync(new URL(`../../../../vectors/signature/${name}`, import.meta.url), "utf8"),
  ) as SignatureVector[];
}

function bytesOf(input: SignatureVector["input"]): Record<"publicKey" | "message" | "signature", Uint8Array> {
  const read = (hex: string) => fromHex(hex) as Uint8Array;
  return { publicKey: read(input.publicKey), message: read(input.message), signature: read(input.signature) };
}

function without(
  checks: readonly Check<Uint8Array, string>[],
  code: string | undefined,
): readonly Check<Uint8Array, string>[] {
  return checks.filter((check) => check.code !== code);
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const index = (at >> 3) % bytes.length;
  return bytes.with(index, (bytes[index] as number) ^ (1 << (at & 7)));
}
