// P-256 signatures at the edges of the rule, made from fixed scalars. docs/formats/keys.md § P-256.
import { concat, utf8 } from "../../packages/core/src/encoding/bytes.ts";
import { derSignature } from "./der-cases.ts";
import { type SignatureBytes, type SignatureVector, vectorMaker } from "./signature-vector.ts";
import { bigEndian, digest, inverse, mod, type Point, p256, toBigEndian } from "./textbook-curves.ts";
import { laxBackend, p256Signature, uncompressed } from "./textbook-signatures.ts";

/** Makes every P-256 vector, the same ones each time. */
export function p256Vectors(): SignatureVector[] {
  return [...soundCases(), ...signatureCases(), ...keyCases()];
}

const { n, p, base, multiply } = p256;
const vector = vectorMaker(laxBackend.verifyP256);
const secret = bigEndian(digest("sha256", utf8("fiducial-vectors-p256")));
const publicPoint = multiply(secret, base) as Point;
const publicKey = uncompressed(publicPoint);
const clause = "FIPS 186-5 § 6.4.2";

function soundCases(): SignatureVector[] {
  const lengths = { "an empty message": 0, "a message of one byte": 1, "a message of 800 bytes": 800 };
  const ofLengths = Object.entries(lengths).map(([title, length]) =>
    vector(title, clause, signed(new Uint8Array(length).fill(0x61)), null),
  );
  return [
    ...ofLengths,
    vector("R with x at or above n, so that r is small; s = 1", clause, recovered(firstPoint(n), 1n), null),
    vector("s = (n − 1) / 2, the largest that is low", clause, recovered(multiply(5n, base) as Point, n / 2n), null),
  ];
}

function signatureCases(): SignatureVector[] {
  const good = signed(utf8("r and s"));
  const { r, s } = scalarsOf(good);
  const small = recovered(firstPoint(n), 1n);
  const smallR = scalarsOf(small).r;
  const make = (title: string, signature: Uint8Array, fault: string, from: SignatureBytes = good) =>
    vector(title, clause, { ...from, signature }, fault);
  return [
    make("a signature with a byte too many", concat(good.signature, Uint8Array.of(0)), "SIGNATURE_LENGTH"),
    make("a signature with a byte too few", good.signature.subarray(0, 63), "SIGNATURE_LENGTH"),
    make("a DER signature", derSignature(r, s), "SIGNATURE_LENGTH"),
    make("r = s = 0", raw(0n, 0n), "R_OR_S_ZERO"),
    make("r = 0", raw(0n, s), "R_OR_S_ZERO"),
    make("s = 0", raw(r, 0n), "R_OR_S_ZERO"),
    make("r = n, s = 1", raw(n, 1n), "R_OUT_OF_RANGE"),
    make("r + n", raw(smallR + n, 1n), "R_OUT_OF_RANGE", small),
    make("n − s, the larger of the two", raw(r, n - s), "S_NOT_LOW"),
    make("s + n", raw(smallR, 1n + n), "S_NOT_LOW", small),
    vector(
      "s = (n + 1) / 2, the smallest that is not low",
      clause,
      recovered(multiply(5n, base) as Point, n / 2n + 1n),
      "S_NOT_LOW",
    ),
    make("another message", signed(utf8("other")).signature, "EQUATION"),
  ];
}

function keyCases(): SignatureVector[] {
  const good = signed(utf8("keys"));
  const { x, y } = publicPoint;
  const parity = Number(y & 1n);
  const small = firstPoint(1n);
  const make = (title: string, bytes: SignatureBytes) =>
    vector(title, "SEC 1 § 2.3.4, § 3.2.2.1", bytes, "KEY_NOT_A_POINT", "KEY_NOT_A_POINT");
  const keys = {
    "a compressed key": concat(Uint8Array.of(2 + parity), toBigEndian(x)),
    "a hybrid key": concat(Uint8Array.of(6 + parity), publicKey.subarray(1)),
    "a key with a byte too many": concat(publicKey, Uint8Array.of(0)),
    "a key with one bit of y changed": uncompressed({ x, y: y ^ 1n }),
    "a key with x + p": uncompressed({ x: small.x + p, y: small.y }),
    infinity: Uint8Array.of(0),
    "infinity in 65 bytes": new Uint8Array(65),
    "the origin": uncompressed({ x: 0n, y: 0n }),
    "no bytes": new Uint8Array(0),
  };
  return [
    make("a key of order 2 on another curve: anyone's signature", signedOffCurve()),
    ...Object.entries(keys).map(([title, key]) => make(title, { ...good, publicKey: key })),
  ];
}

function signed(message: Uint8Array): SignatureBytes {
  return { publicKey, message, signature: p256Signature(secret, message) };
}

// The key for which (R.x, s) signs the message: Q = r^−1 (s R − h G). SEC 1 § 4.1.6.
function recovered(R: Point, s: bigint): SignatureBytes {
  const message = utf8("recovered");
  const r = mod(R.x, n);
  const inverted = inverse(r, n);
  const h = bigEndian(digest("sha256", message));
  const Q = p256.add(multiply(mod(s * inverted, n), R), multiply(mod(-h * inverted, n), base)) as Point;
  return { publicKey: uncompressed(Q), message, signature: raw(r, s) };
}

// Doubling (5, 0) gives infinity: whenever u2 is even the key drops out of the equation.
function signedOffCurve(): SignatureBytes {
  const message = utf8("off the curve");
  const h = bigEndian(digest("sha256", message));
  for (let k = 2n; ; k++) {
    const r = mod((multiply(k, base) as Point).x, n);
    const s = mod(h * inverse(k, n), n);
    const isEven = mod(r * inverse(s, n), n) % 2n === 0n;
    if (s <= n / 2n && isEven) return { publicKey: uncompressed({ x: 5n, y: 0n }), message, signature: raw(r, s) };
  }
}

// The point with the smallest x from `x` on.
function firstPoint(x: bigint): Point {
  return p256.lift(x) ?? firstPoint(x + 1n);
}

function scalarsOf({ signature }: SignatureBytes): { r: bigint; s: bigint } {
  return { r: bigEndian(signature.subarray(0, 32)), s: bigEndian(signature.subarray(32)) };
}

function raw(r: bigint, s: bigint): Uint8Array {
  return concat(toBigEndian(r), toBigEndian(s));
}
