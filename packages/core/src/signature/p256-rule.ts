// Which bytes can be a P-256 key and signature at all, decided before any backend. docs/formats/keys.md § P-256.
import { p256 } from "@noble/curves/nist.js";
import { compareBytes, fromHex } from "../encoding/bytes.ts";
import { type Check, firstFault } from "./check.ts";

/** What every P-256 public key must be: 0x04 ‖ x ‖ y, x and y below p, on the curve, not infinity. SEC 1 § 2.3.4, § 3.2.2.1. */
export const p256KeyChecks: readonly Check<Uint8Array, "KEY_NOT_A_POINT">[] = [
  { code: "KEY_NOT_A_POINT", holds: (key) => p256.utils.isValidPublicKey(key, false) },
];

/** What every P-256 signature r ‖ s must be, big-endian: in range, and of s and n − s the smaller. FIPS 186-5 § 6.4.2. */
export const p256SignatureChecks: readonly Check<
  Uint8Array,
  "SIGNATURE_LENGTH" | "R_OR_S_ZERO" | "R_OUT_OF_RANGE" | "S_NOT_LOW"
>[] = [
  { code: "SIGNATURE_LENGTH", holds: (signature) => signature.length === 64 },
  {
    code: "R_OR_S_ZERO",
    holds: (signature) => !isZero(signature.subarray(0, 32)) && !isZero(signature.subarray(32, 64)),
  },
  { code: "R_OUT_OF_RANGE", holds: (signature) => compareBytes(signature.subarray(0, 32), order) < 0 },
  { code: "S_NOT_LOW", holds: (signature) => compareBytes(signature.subarray(32, 64), halfOrder) <= 0 },
];

/** Tells whether a key and a signature may be shown to a backend; the curve equation is a few microseconds beside its hundred. */
export function precheckP256(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return firstFault(p256SignatureChecks, signature) === undefined && firstFault(p256KeyChecks, publicKey) === undefined;
}

/** n, big-endian. SEC 2 § 2.4.2. */
const order = fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551") as Uint8Array;
/** n / 2, rounded down. */
const halfOrder = fromHex("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8") as Uint8Array;

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
