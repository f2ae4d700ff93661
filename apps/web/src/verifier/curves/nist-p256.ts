// ECDSA on P-256 for verification alone, in the shape in which core uses noble's. FIPS 186-5 § 6.4.2, SEC 2 § 2.4.2.
import { sha256 } from "@fiducial/core";
import { bytesToNumberBE, inverse, mod, multiple } from "./modular.ts";

const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** A point: x = X / Z, y = Y / Z; infinity is (0 : 1 : 0). */
interface Projective {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
}

const zero: Projective = { X: 0n, Y: 1n, Z: 0n };
const base: Projective = {
  X: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  Y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  Z: 1n,
};

/** Stands for noble's export of that name: signatures are raw r ‖ s with low s, over SHA-256 of the message. */
export const p256 = {
  utils: { isValidPublicKey: (key: Uint8Array) => pointOf(key) !== undefined },

  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
    const point = pointOf(publicKey);
    const r = bytesToNumberBE(signature.subarray(0, 32));
    const s = bytesToNumberBE(signature.subarray(32));
    const inRange = r > 0n && r < order && s > 0n && s <= order / 2n;
    if (point === undefined || signature.length !== 64 || !inRange) return false;
    const w = inverse(s, order);
    const u1 = mod(bytesToNumberBE(sha256(message)) * w, order);
    const u2 = mod(r * w, order);
    const { X, Z } = add(multiple(u1, base, zero, add), multiple(u2, point, zero, add));
    return Z !== 0n && mod(X * inverse(Z, prime), prime) % order === r;
  },
} as const;

// SEC 1 § 2.3.4: 0x04 ‖ x ‖ y. The addition below never looks whether its points are on the curve, so this must.
function pointOf(key: Uint8Array): Projective | undefined {
  const X = bytesToNumberBE(key.subarray(1, 33));
  const Y = bytesToNumberBE(key.subarray(33));
  const isOnCurve = mod(Y * Y - X ** 3n + 3n * X - b, prime) === 0n;
  return key.length === 65 && key[0] === 4 && X < prime && Y < prime && isOnCurve ? { X, Y, Z: 1n } : undefined;
}

// Complete on a curve of prime order: it adds any two points, a point to itself and infinity too. Renes, Costello, Batina 2016, § 3.1 with a = −3.
function add(one: Projective, other: Projective): Projective {
  const xx = one.X * other.X;
  const yy = one.Y * other.Y;
  const zz = one.Z * other.Z;
  const xy = mod(one.X * other.Y + other.X * one.Y, prime);
  const xz = mod(one.X * other.Z + other.X * one.Z, prime);
  const yz = mod(one.Y * other.Z + other.Y * one.Z, prime);
  const shift = 3n * (b * (zz % prime) - xz);
  const [less, more] = [mod(yy - shift, prime), mod(yy + shift, prime)];
  const cross = mod(3n * (b * xz - xx - 3n * zz), prime);
  const triple = mod(3n * (xx - zz), prime);
  return {
    X: mod(xy * less - yz * cross, prime),
    Y: mod(more * less + triple * cross, prime),
    Z: mod(yz * more + xy * triple, prime),
  };
}
