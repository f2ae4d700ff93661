import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256 } from "#sha256";
import { assertionOf, type Ceremony, soundCeremony } from "../../../../vectors/signature/authenticator.ts";
import type { AssertionVector } from "../../../../vectors/signature/webauthn-cases.ts";
import { fromHex, toHex } from "../encoding/bytes.ts";
import { firstFault } from "./check.ts";
import { nobleBackend } from "./noble-backend.ts";
import type { PublicKey, SignatureAlgorithm } from "./public-key.ts";
import { publicKeyOf, signMessage } from "./signing.ts";
import {
  type Assertion,
  assertionChecks,
  assertionFaults,
  type ClaimedAssertion,
  verifyAssertion,
} from "./webauthn.ts";

const vectors = JSON.parse(
  readFileSync(new URL("../../../../vectors/signature/webauthn.json", import.meta.url), "utf8"),
) as readonly AssertionVector[];

test.each(vectors)("$title", ({ input, output }) => {
  const { key, statementId, assertion } = claimOf(input);
  expect(verifyAssertion(nobleBackend, key, statementId, assertion) ?? null).toBe(output.fault);
});

test("every fault is produced", () => {
  expect(new Set(vectors.map(({ output }) => output.fault))).toEqual(new Set([null, ...Object.keys(assertionFaults)]));
});

// CLIENT_DATA_MALFORMED only names what the next check would refuse as well.
test.each(assertionChecks.map(({ code }) => code).filter((code) => code !== "CLIENT_DATA_MALFORMED"))(
  "without %s a bad assertion would pass",
  (code) => {
    const left = assertionChecks.filter((check) => check.code !== code);
    const accepted = vectors.filter(
      ({ input, output }) => output.fault === code && firstFault(left, claimOf(input)) === undefined,
    );
    expect(accepted.length).toBeGreaterThan(0);
  },
);

test.each(["Ed25519", "P-256"] as const)(
  "%s: no changed bit of an assertion, its key or its statement verifies",
  (algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(), fc.nat(4), (seed, at, part) => {
        const { key, statementId, assertion } = fresh(algorithm, seed.with(0, 0x7f));
        expect(verifyAssertion(nobleBackend, key, statementId, assertion)).toBe(undefined);
        const parts = [
          assertion.authenticatorData,
          assertion.clientDataJSON,
          assertion.signature,
          key.bytes,
          statementId,
        ];
        const [authenticatorData, clientDataJSON, signature, bytes, id] = parts.map((value, index) =>
          index === part ? flipped(value, at) : value,
        ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
        expect(
          verifyAssertion(nobleBackend, { ...key, bytes }, id, { authenticatorData, clientDataJSON, signature }),
        ).not.toBe(undefined);
      }),
      { numRuns: 60 },
    );
  },
);

test("no bytes at all, and no JSON at all, make it throw", () => {
  const { key, statementId, assertion } = fresh("Ed25519", new Uint8Array(32).fill(9));
  const bytes = fc.uint8Array({ maxLength: 80 });
  const json = fc.oneof(
    bytes,
    fc.json().map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(bytes, json, bytes, (authenticatorData, clientDataJSON, signature) => {
      const hostile = [
        { ...assertion, authenticatorData },
        { ...assertion, clientDataJSON },
        { ...assertion, signature },
      ];
      for (const one of hostile) expect(verifyAssertion(nobleBackend, key, statementId, one)).toBeTypeOf("string");
    }),
  );
});

test("members that only the prototype has are not members", () => {
  const { key, statementId, assertion } = fresh("P-256", new Uint8Array(32).fill(9), {
    clientDataBytes: new TextEncoder().encode('{"__proto__":{"type":"webauthn.get"},"constructor":1}'),
  });
  expect(verifyAssertion(nobleBackend, key, statementId, assertion)).toBe("TYPE_NOT_GET");
});

function claimOf(input: AssertionVector["input"]): ClaimedAssertion {
  const bytes = (hex: string) => fromHex(hex) as Uint8Array;
  const key = { algorithm: input.algorithm as PublicKey["algorithm"], bytes: bytes(input.publicKey) };
  const clientDataJSON = bytes(input.clientDataJSON);
  return {
    backend: nobleBackend,
    key: input.webauthn === null ? key : { ...key, webauthn: input.webauthn },
    statementId: bytes(input.statementId),
    assertion: { authenticatorData: bytes(input.authenticatorData), clientDataJSON, signature: bytes(input.signature) },
    clientData: membersOf(clientDataJSON),
  };
}

function fresh(
  algorithm: SignatureAlgorithm,
  secret: Uint8Array,
  change: Partial<Ceremony> = {},
): { key: PublicKey; statementId: Uint8Array; assertion: Assertion } {
  const rpId = "records.example";
  const origin = "https://records.example";
  const signer = { algorithm, bytes: secret };
  const statementId = sha256(secret);
  const webauthn = { rpIdHash: toHex(sha256(new TextEncoder().encode(rpId))), origins: [origin] };
  const ceremony = { ...soundCeremony(statementId, origin, rpId), ...change };
  return {
    key: { algorithm: `WebAuthn-${algorithm}`, bytes: publicKeyOf(signer).bytes, webauthn },
    statementId,
    assertion: assertionOf(ceremony, (message) => signMessage(signer, message)),
  };
}

function membersOf(clientDataJSON: Uint8Array): Record<string, unknown> | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(clientDataJSON)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const index = (at >> 3) % bytes.length;
  return bytes.with(index, (bytes[index] as number) ^ (1 << (at & 7)));
}
