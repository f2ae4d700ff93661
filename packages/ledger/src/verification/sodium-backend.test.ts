import { nobleBackend, publicKeyOf, signMessage, verifySignature } from "@fiducial/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nodeCryptoBackend } from "./node-crypto-backend.ts";
import { expandEd25519Seed, signEd25519, sodiumBackend } from "./sodium-backend.ts";

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("signs as noble does, from a seed and from the expanded secret", () => {
  fc.assert(
    fc.property(seeds, fc.uint8Array(), (bytes, message) => {
      const secret = { algorithm: "Ed25519", bytes } as const;
      const signature = signEd25519(bytes, message);
      expect(signature).toEqual(new Uint8Array(signMessage(secret, message)));
      expect(signEd25519(expandEd25519Seed(bytes), message)).toEqual(signature);
      for (const backend of [sodiumBackend, nodeCryptoBackend, nobleBackend]) {
        expect(verifySignature(backend, publicKeyOf(secret), message, signature)).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

test("verifies views into larger buffers, as worker messages hand them over", () => {
  const secret = { algorithm: "Ed25519", bytes: new Uint8Array(32).fill(5) } as const;
  const key = publicKeyOf(secret);
  const message = Uint8Array.of(1, 2, 3);
  const packed = new Uint8Array([9, ...key.bytes, ...message, ...signEd25519(secret.bytes, message), 9]);
  const view = { algorithm: "Ed25519", bytes: packed.subarray(1, 33) } as const;
  expect(verifySignature(sodiumBackend, view, packed.subarray(33, 36), packed.subarray(36, 100))).toBe(true);
  expect(verifySignature(sodiumBackend, view, packed.subarray(33, 35), packed.subarray(36, 100))).toBe(false);
});

test("keeps verifying when more keys came by than it remembers", () => {
  const secret = { algorithm: "P-256", bytes: new Uint8Array(32).fill(5) } as const;
  const key = publicKeyOf(secret);
  const message = Uint8Array.of(1);
  const signature = signMessage(secret, message);
  const verdict = () => verifySignature(sodiumBackend, key, message, signature);
  expect(verdict()).toBe(true);
  for (let index = 0; index < 4200; index++) {
    const stranger = new Uint8Array(32);
    new DataView(stranger.buffer).setUint32(8, index);
    expect(nodeCryptoBackend.verifyEd25519(stranger, message, signature)).toBe(false);
  }
  expect(verdict()).toBe(true);
});

test("tells keys apart", () => {
  const message = Uint8Array.of(1);
  const signers = Array.from({ length: 24 }, (_, index) => {
    const secret = { algorithm: "P-256", bytes: new Uint8Array(32).fill(index + 1) } as const;
    return { key: publicKeyOf(secret), signature: signMessage(secret, message) };
  });
  for (const { key } of signers) {
    const verified = signers.filter(({ signature }) => verifySignature(sodiumBackend, key, message, signature));
    expect(verified.map((signer) => signer.key)).toEqual([key]);
  }
});
