import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { sha256 } from "#sha256";
import { toHex, utf8 } from "../encoding/bytes.ts";
import { signCheckpoint } from "./checkpoint.ts";
import { cosign } from "./cosignature.ts";
import type { NoteSigner } from "./note.ts";
import { type SignatureType, verifierKey } from "./verifier-key.ts";
import { acceptCosignatures, decideAddCheckpoint } from "./witness-decision.ts";
import { formatAddCheckpoint, monitoringPath } from "./witness-protocol.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const verifiers = {
  ed25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => ed25519.verify(signature, message, key),
};
const log = signerOf("log.example/a", "ed25519", 1);
const [known, unknown] = [
  signerOf("witness.example/known", "ed25519-cosignature", 2),
  signerOf("witness.example/unknown", "ed25519-cosignature", 3),
];
const signed = signCheckpoint("log.example/a", { size: 1, rootHash: new Uint8Array(32) }, [log]);
const { text } = signed.note;

describe("a log that reads a witness's answer", () => {
  test("takes the cosignatures of witnesses it knows", () => {
    const answered = [cosign(signed, unknown, 5), cosign(signed, known, 6)];
    expect(acceptCosignatures(text, answered, [known.key], verifiers)).toEqual([answered[1]]);
  });

  test("takes none when one is bad, of another checkpoint, without a time, or by nobody known", () => {
    const other = signCheckpoint("log.example/a", { size: 2, rootHash: new Uint8Array(32) }, [log]);
    expect(() => acceptCosignatures(text, [cosign(other, known, 6)], [known.key], verifiers)).toThrow(
      code("NOTE_SIGNATURE_INVALID"),
    );
    expect(() => acceptCosignatures(text, [cosign(signed, known, 0)], [known.key], verifiers)).toThrow(
      code("COSIGNATURE_MALFORMED"),
    );
    expect(() => acceptCosignatures(text, [cosign(signed, unknown, 6)], [known.key], verifiers)).toThrow(
      code("NOTE_UNSIGNED"),
    );
    expect(() => acceptCosignatures(text, signed.note.signatures, [log.key], verifiers)).toThrow(
      code("COSIGNATURE_MALFORMED"),
    );
  });
});

describe("a witness", () => {
  test("does not take its own missing algorithm for a bad signature", () => {
    const key = verifierKey("log.example/a", "ml-dsa-44-cosignature", new Uint8Array(1312));
    const line = { name: key.name, keyId: key.keyId, signature: new Uint8Array(2428) };
    const request = { oldSize: 0, proof: [], signed: { ...signed, note: { text, signatures: [line] } } };
    expect(() => decideAddCheckpoint({ keys: [key], latest: undefined }, request, verifiers)).toThrow(
      code("VERIFIER_MISSING"),
    );
  });

  test("shows a log's checkpoint under the digest of its origin", () => {
    expect(monitoringPath("log.example/a")).toBe(`${toHex(sha256(utf8("log.example/a")))}/checkpoint`);
  });
});

describe("a request", () => {
  test("that no witness could read is not written", () => {
    for (const oldSize of [-1, 1.5, 2 ** 53])
      expect(() => formatAddCheckpoint({ oldSize, proof: [], signed })).toThrow(code("WITNESS_MESSAGE_MALFORMED"));
    const proof = Array.from({ length: 64 }, () => new Uint8Array(32));
    expect(() => formatAddCheckpoint({ oldSize: 1, proof, signed })).toThrow(code("WITNESS_MESSAGE_MALFORMED"));
  });
});

function signerOf(name: string, type: SignatureType, seed: number): NoteSigner {
  const secret = new Uint8Array(32).fill(seed);
  return {
    key: verifierKey(name, type, ed25519.getPublicKey(secret)),
    sign: (message) => ed25519.sign(message, secret),
  };
}
