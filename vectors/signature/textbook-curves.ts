// Edwards25519 and P-256 as textbooks write them: slow, never constant-time, and sharing no code with any library.
import { createHash } from "node:crypto";

/** A point in affine coordinates. On P-256 `undefined` is infinity. */
export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

/** Reduces into 0 … m − 1. */
export function mod(a: bigint, m: bigint): bigint {
  const rest = a % m;
  return rest < 0n ? rest + m : rest;
}

/** Returns a^−1 modulo m; 0 for 0, as careless implementations do. */
export function inverse(a: bigint, m: bigint): bigint {
  let [rest, last, factor, lastFactor] = [mod(a, m), m, 1n, 0n];
  while (rest > 1n) [rest, last, factor, lastFactor] = [last % rest, rest, lastFactor - (last / rest) * factor, factor];
  return rest === 0n ? 0n : mod(factor, m);
}

// Returns a^e modulo m.
function power(a: bigint, e: bigint, m: bigint): bigint {
  let result = 1n;
  for (let [base, rest] = [mod(a, m), e]; rest > 0n; rest >>= 1n, base = (base * base) % m)
    if (rest & 1n) result = (result * base) % m;
  return result;
}

/** SHA-256 or SHA-512 of `parts` laid end to end. */
export function digest(name: "sha256" | "sha512", ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** Reads a big-endian number. */
export function bigEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
}

/** Reads a little-endian number. */
export function littleEndian(bytes: Uint8Array): bigint {
  return bigEndian(bytes.toReversed());
}

/** Writes 32 bytes, big-endian. */
export function toBigEndian(value: bigint): Uint8Array {
  return new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex"));
}

/** Writes 32 bytes, little-endian. */
export function toLittleEndian(value: bigint): Uint8Array {
  return toBigEndian(value).reverse();
}

/** Edwards25519: −x² + y² = 1 + d x² y². RFC 8032 § 5.1. */
export const edwards = (() => {
  const p = 2n ** 255n - 19n;
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const d = mod(-121665n * inverse(121666n, p), p);
  const zero: Point = { x: 0n, y: 1n };

  function add(a: Point, b: Point): Point {
    const product = mod(d * a.x * b.x * a.y * b.y, p);
    const inverted = inverse((1n + product) * (1n - product), p);
    return {
      x: mod((a.x * b.y + a.y * b.x) * inverted * (1n - product), p),
      y: mod((a.y * b.y + a.x * b.x) * inverted * (1n + product), p),
    };
  }

  function multiply(scalar: bigint, point: Point): Point {
    let result = zero;
    for (const bit of scalar.toString(2)) {
      result = add(result, result);
      if (bit === "1") result = add(result, point);
    }
    return result;
  }

  /** Decodes leniently: y at or above p is reduced, and x = 0 may carry a sign. */
  function decode(bytes: Uint8Array): Point | undefined {
    const number = littleEndian(bytes.subarray(0, 32));
    const y = mod(number & (2n ** 255n - 1n), p);
    const square = mod((y * y - 1n) * inverse(d * y * y + 1n, p), p);
    const root = power(square, (p + 3n) / 8n, p);
    const x = [root, mod(root * power(2n, (p - 1n) / 4n, p), p)].find(
      (candidate) => mod(candidate * candidate - square, p) === 0n,
    );
    return x === undefined ? undefined : { x: (x & 1n) === number >> 255n ? x : mod(-x, p), y };
  }

  function encode(point: Point): Uint8Array {
    return toLittleEndian(point.y | ((point.x & 1n) << 255n));
  }

  const base = decode(toLittleEndian(mod(4n * inverse(5n, p), p))) as Point;
  return { p, L, zero, base, add, multiply, decode, encode };
})();

/** P-256: y² = x³ − 3x + b. SEC 2 § 2.4.2. */
export const p256 = (() => {
  const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

  // The formulas never look at b: off the curve they go on working, on another curve. That is the invalid-curve attack.
  function add(a: Point | undefined, c: Point | undefined): Point | undefined {
    if (a === undefined || c === undefined) return a ?? c;
    if (a.x === c.x && mod(a.y + c.y, p) === 0n) return undefined;
    const slope = a.x === c.x ? (3n * a.x * a.x - 3n) * inverse(2n * a.y, p) : (c.y - a.y) * inverse(c.x - a.x, p);
    const x = mod(slope * slope - a.x - c.x, p);
    return { x, y: mod(slope * (a.x - x) - a.y, p) };
  }

  function multiply(scalar: bigint, point: Point | undefined): Point | undefined {
    let result: Point | undefined;
    for (const bit of scalar.toString(2)) {
      result = add(result, result);
      if (bit === "1") result = add(result, point);
    }
    return result;
  }

  /** Returns the point with that x and an even y, if there is one. */
  function lift(x: bigint): Point | undefined {
    const square = mod(x ** 3n - 3n * x + b, p);
    const root = power(square, (p + 1n) / 4n, p);
    return mod(root * root - square, p) === 0n ? { x, y: root & 1n ? p - root : root } : undefined;
  }

  const base: Point = {
    x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  };
  return { p, n, base, add, multiply, lift };
})();
