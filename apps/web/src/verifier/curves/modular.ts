// Whole numbers modulo a prime, as the two curves need them. Only public values pass through: nothing here takes constant time.

/** Reduces into 0 … m − 1. */
export function mod(a: bigint, m: bigint): bigint {
  const rest = a % m;
  return rest < 0n ? rest + m : rest;
}

/** Returns a^e modulo m. */
export function power(a: bigint, e: bigint, m: bigint): bigint {
  let result = 1n;
  for (let base = mod(a, m), rest = e; rest > 0n; rest >>= 1n, base = (base * base) % m)
    if (rest & 1n) result = (result * base) % m;
  return result;
}

/** Returns a^−1 modulo a prime; 0 for 0. */
export function inverse(a: bigint, prime: bigint): bigint {
  return power(a, prime - 2n, prime);
}

/** Reads a big-endian number. */
export function bytesToNumberBE(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** Reads a little-endian number. */
export function bytesToNumberLE(bytes: Uint8Array): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** Multiplies a point by a whole number: doublings and additions from the highest bit down, none of it secret. */
export function multiple<Point>(scalar: bigint, point: Point, zero: Point, add: (a: Point, b: Point) => Point): Point {
  let result = zero;
  for (const bit of scalar.toString(2)) {
    result = add(result, result);
    if (bit === "1") result = add(result, point);
  }
  return result;
}
