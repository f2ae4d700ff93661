// Verification in plain JavaScript: for browsers, and wherever no faster library is at hand.
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { bytesToNumberLE } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concat, equalBytes } from "../encoding/bytes.ts";
import type { SignatureBackend } from "./verification.ts";

/** Verifies with noble's curves. */
export const nobleBackend: SignatureBackend = {
  verifyEd25519(publicKey, message, signature) {
    const R = signature.subarray(0, 32);
    try {
      return equalBytes(expectedR(publicKey, message, R, bytesToNumberLE(signature.subarray(32))), R);
    } catch {
      return false;
    }
  },
  verifyP256: (publicKey, message, signature) =>
    p256.verify(signature, message, publicKey, { prehash: true, lowS: true }),
};

const { BASE, Fn } = ed25519.Point;

// [S]B − [k]A without the cofactor: noble's own verify multiplies by 8, and so accepts signatures that every native library refuses.
function expectedR(publicKey: Uint8Array, message: Uint8Array, R: Uint8Array, s: bigint): Uint8Array {
  const k = Fn.create(bytesToNumberLE(sha512(concat(R, publicKey, message))));
  const A = ed25519.Point.fromBytes(publicKey);
  return BASE.multiplyUnsafe(s).subtract(A.multiplyUnsafe(k)).toBytes();
}
