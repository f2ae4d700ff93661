// Signing and verifying by the bare equations, with none of the rule's checks: it shows what each check is for.
import { concat } from "../../packages/core/src/encoding/bytes.ts";
import {
  bigEndian,
  digest,
  edwards,
  inverse,
  littleEndian,
  mod,
  type Point,
  p256,
  toBigEndian,
  toLittleEndian,
} from "./textbook-curves.ts";

/** Verifies what has the length of a signature and more, whatever its scalars, points and their encodings are. */
export const laxBackend = {
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    const [A, R] = [edwards.decode(publicKey), edwards.decode(signature)];
    if (A === undefined || R === undefined) return false;
    const k = ed25519Challenge(publicKey.subarray(0, 32), signature.subarray(0, 32), message);
    const left = edwards.multiply(mod(littleEndian(signature.subarray(32, 64)), edwards.L), edwards.base);
    const right = edwards.add(R, edwards.multiply(k, A));
    return left.x === right.x && left.y === right.y;
  },
  verifyP256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    const [x, y] = [bigEndian(publicKey.subarray(1, 33)), bigEndian(publicKey.subarray(33, 65))];
    const [r, s] = [bigEndian(signature.subarray(0, 32)), bigEndian(signature.subarray(32, 64))];
    const inverted = inverse(s, p256.n);
    const u1 = mod(bigEndian(digest("sha256", message)) * inverted, p256.n);
    const u2 = mod(r * inverted, p256.n);
    const key = { x: mod(x, p256.p), y: mod(y, p256.p) };
    const R = p256.add(p256.multiply(u1, p256.base), p256.multiply(u2, key));
    return mod(R?.x ?? 0n, p256.n) === mod(r, p256.n);
  },
};

/** Signs with an Ed25519 seed; `publicKey` is what the challenge is made with. RFC 8032 § 5.1.6. */
export function ed25519Signature(seed: Uint8Array, publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const r = mod(littleEndian(digest("sha512", digest("sha512", seed).subarray(32), message)), edwards.L);
  const R = edwards.encode(edwards.multiply(r, edwards.base));
  return concat(R, toLittleEndian(mod(r + ed25519Challenge(publicKey, R, message) * ed25519Scalar(seed), edwards.L)));
}

/** Returns k = SHA-512(R ‖ A ‖ M) modulo L. RFC 8032 § 5.1.6. */
export function ed25519Challenge(publicKey: Uint8Array, R: Uint8Array, message: Uint8Array): bigint {
  return mod(littleEndian(digest("sha512", R, publicKey, message)), edwards.L);
}

/** Returns the secret scalar of a seed. RFC 8032 § 5.1.5. */
export function ed25519Scalar(seed: Uint8Array): bigint {
  const number = littleEndian(digest("sha512", seed).subarray(0, 32));
  return (number & (2n ** 254n - 8n)) | (2n ** 254n);
}

/** Signs with a nonce made from key and message (not RFC 6979's), s low. FIPS 186-5 § 6.4.1. */
export function p256Signature(secret: bigint, message: Uint8Array): Uint8Array {
  const { n } = p256;
  const k = mod(bigEndian(digest("sha512", toBigEndian(secret), message)), n);
  const r = mod((p256.multiply(k, p256.base) as Point).x, n);
  const s = mod(inverse(k, n) * (bigEndian(digest("sha256", message)) + r * secret), n);
  return concat(toBigEndian(r), toBigEndian(s > n / 2n ? n - s : s));
}

/** Writes 0x04 ‖ x ‖ y. SEC 1 § 2.3.3. */
export function uncompressed({ x, y }: Point): Uint8Array {
  return concat(Uint8Array.of(4), toBigEndian(x), toBigEndian(y));
}
