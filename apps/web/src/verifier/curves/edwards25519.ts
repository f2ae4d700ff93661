// Edwards25519 for verification alone, in the shape in which core uses noble's: a fifth of its size, which the saved verifier has to keep. RFC 8032 § 5.1.
import { bytesToNumberLE, inverse, mod, multiple, power } from "./modular.ts";

const prime = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const d = mod(-121665n * inverse(121666n, prime), prime);
const rootOfMinusOne = power(2n, (prime - 1n) / 4n, prime);

/** A point: x = X / Z, y = Y / Z, T = X Y / Z. */
interface Extended {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
  readonly T: bigint;
}

/** A point with what verification does to it. */
export interface EdwardsPoint extends Extended {
  multiplyUnsafe(scalar: bigint): EdwardsPoint;
  subtract(other: EdwardsPoint): EdwardsPoint;
  isTorsionFree(): boolean;
  toBytes(): Uint8Array;
}

/** Stands for noble's export of that name. `fromBytes` throws RangeError on what encodes no point. */
export const ed25519 = {
  Point: {
    BASE: fromBytes(Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 0x58 : 0x66))),
    Fn: { create: (number: bigint) => mod(number, order) },
    fromBytes,
  },
} as const;

// RFC 8032 § 5.1.3: x² = (y² − 1) / (d y² + 1), by a root of the quotient that needs no inversion.
function fromBytes(bytes: Uint8Array): EdwardsPoint {
  const number = bytesToNumberLE(bytes);
  const sign = number >> 255n;
  const y = number & (2n ** 255n - 1n);
  const u = mod(y * y - 1n, prime);
  const v = mod(d * y * y + 1n, prime);
  const candidate = mod(u * v ** 3n * power(u * v ** 7n, (prime - 5n) / 8n, prime), prime);
  const root = [candidate, mod(candidate * rootOfMinusOne, prime)].find((x) => mod(v * x * x - u, prime) === 0n);
  if (bytes.length !== 32 || y >= prime || root === undefined || (root === 0n && sign === 1n))
    throw new RangeError("no point");
  const x = (root & 1n) === sign ? root : prime - root;
  return pointOf({ X: x, Y: y, Z: 1n, T: mod(x * y, prime) });
}

function pointOf(point: Extended): EdwardsPoint {
  const times = (scalar: bigint) => multiple(scalar, point, { X: 0n, Y: 1n, Z: 1n, T: 0n }, add);
  return {
    ...point,
    multiplyUnsafe: (scalar) => pointOf(times(scalar)),
    subtract: ({ X, Y, Z, T }) => pointOf(add(point, { X: prime - X, Y, Z, T: prime - T })),
    isTorsionFree: () => {
      const { X, Y, Z } = times(order);
      return X === 0n && Y === Z;
    },
    toBytes: () => encoded(point),
  };
}

// Complete: it adds any two points, a point to itself too. Hisil, Wong, Carter, Dawson 2008, § 3.1 with a = −1.
function add(one: Extended, other: Extended): Extended {
  const A = (one.Y - one.X) * (other.Y - other.X);
  const B = (one.Y + one.X) * (other.Y + other.X);
  const C = 2n * d * ((one.T * other.T) % prime);
  const D = 2n * one.Z * other.Z;
  const [E, F, G, H] = [mod(B - A, prime), mod(D - C, prime), mod(D + C, prime), mod(B + A, prime)];
  return { X: (E * F) % prime, Y: (G * H) % prime, Z: (F * G) % prime, T: (E * H) % prime };
}

function encoded({ X, Y, Z }: Extended): Uint8Array {
  const inverted = inverse(Z, prime);
  let number = ((Y * inverted) % prime) | ((((X * inverted) % prime) & 1n) << 255n);
  return Uint8Array.from({ length: 32 }, () => {
    const byte = Number(number & 255n);
    number >>= 8n;
    return byte;
  });
}
