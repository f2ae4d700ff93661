// Which bytes can be an Ed25519 key and signature at all: decided here by comparing bytes, before any backend. docs/formats/keys.md § Ed25519.
import { fromHex } from "../encoding/bytes.ts";
import { type Check, firstFault } from "./check.ts";

/** What every Ed25519 public key must be, each time it verifies. That it is a point is the backend's to find. RFC 8032 § 5.1.3. */
export const ed25519KeyChecks: readonly Check<Uint8Array, "KEY_LENGTH" | "KEY_NOT_CANONICAL" | "KEY_SMALL_ORDER">[] = [
  { code: "KEY_LENGTH", holds: (key) => key.length === 32 },
  { code: "KEY_NOT_CANONICAL", holds: isCanonical },
  { code: "KEY_SMALL_ORDER", holds: (key) => !hasSmallOrder(key) },
];

/** What every Ed25519 signature R ‖ S must be. RFC 8032 § 5.1.7. */
export const ed25519SignatureChecks: readonly Check<
  Uint8Array,
  "SIGNATURE_LENGTH" | "R_NOT_CANONICAL" | "R_SMALL_ORDER" | "S_OUT_OF_RANGE"
>[] = [
  { code: "SIGNATURE_LENGTH", holds: (signature) => signature.length === 64 },
  { code: "R_NOT_CANONICAL", holds: isCanonical },
  { code: "R_SMALL_ORDER", holds: (signature) => !hasSmallOrder(signature) },
  { code: "S_OUT_OF_RANGE", holds: (signature) => isBelow(signature, 32, order) },
];

/** Tells whether a key and a signature may be shown to a backend: pure byte comparison, well under a microsecond. */
export function precheckEd25519(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return (
    firstFault(ed25519KeyChecks, publicKey) === undefined && firstFault(ed25519SignatureChecks, signature) === undefined
  );
}

/** p = 2^255 − 19, little-endian. */
const prime = littleEndian("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
/** L = 2^252 + 27742317777372353535851937790883648493, little-endian. */
const order = littleEndian("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

/** The y of the eight points whose order divides 8: 1, −1, 0 (two points), and ±y of order 8 (two points each). */
const smallOrderY: readonly Uint8Array[] = [
  littleEndian("0000000000000000000000000000000000000000000000000000000000000001"),
  littleEndian("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
  littleEndian("0000000000000000000000000000000000000000000000000000000000000000"),
  littleEndian("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"),
  littleEndian("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"),
];

// The y of the encoding in bytes 0..31, without the sign of x in its top bit, is below p.
function isCanonical(bytes: Uint8Array): boolean {
  if (((bytes[31] as number) & 0x7f) !== 0x7f) return true;
  for (let index = 30; index > 0; index--) if (bytes[index] !== 0xff) return true;
  return (bytes[0] as number) < (prime[0] as number);
}

// The sign is left out of the comparison: a point of small order stays one when it is negated, and x = 0 has no sign.
function hasSmallOrder(bytes: Uint8Array): boolean {
  return smallOrderY.some((y) => {
    for (let index = 0; index < 31; index++) if (bytes[index] !== y[index]) return false;
    return ((bytes[31] as number) & 0x7f) === y[31];
  });
}

function isBelow(bytes: Uint8Array, offset: number, bound: Uint8Array): boolean {
  for (let index = 31; index >= 0; index--) {
    const difference = (bytes[offset + index] as number) - (bound[index] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function littleEndian(hex: string): Uint8Array {
  return (fromHex(hex) as Uint8Array).reverse();
}
