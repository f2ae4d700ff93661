// Verification by Node's own OpenSSL: P-256 on servers, and a second opinion on Ed25519.
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { rawToDer, type SignatureAlgorithm, type SignatureBackend, toSpki } from "@fiducial/core";

/** Verifies with OpenSSL. The most recently used keys stay parsed, which is worth as much as a verification. */
export const nodeCryptoBackend: SignatureBackend = {
  verifyEd25519: (publicKey, message, signature) => verify(null, message, keyObject("Ed25519", publicKey), signature),
  // As DER, since Node takes a quarter longer over the same signature when it is told that it is raw.
  verifyP256: (publicKey, message, signature) =>
    verify("sha256", message, keyObject("P-256", publicKey), rawToDer(signature)),
};

const mostKeys = 4096;
const parsed = new Map<string, KeyObject>();

// A Map keeps the order of insertion: a key that is used moves to the end, and the first one is the least recently used.
function keyObject(algorithm: SignatureAlgorithm, publicKey: Uint8Array): KeyObject {
  const name = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.byteLength).toString("latin1");
  const known = parsed.get(name);
  if (known !== undefined) parsed.delete(name);
  const key = known ?? createPublicKey({ key: Buffer.from(toSpki(algorithm, publicKey)), format: "der", type: "spki" });
  parsed.set(name, key);
  if (parsed.size > mostKeys) parsed.delete(parsed.keys().next().value as string);
  return key;
}
