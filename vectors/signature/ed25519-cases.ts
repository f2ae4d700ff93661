// Ed25519 signatures at the edges of the rule, made from fixed seeds. docs/formats/keys.md § Ed25519.
import { concat, utf8 } from "../../packages/core/src/encoding/bytes.ts";
import { type SignatureVector, vectorMaker } from "./signature-vector.ts";
import { digest, edwards, littleEndian, mod, type Point, toLittleEndian } from "./textbook-curves.ts";
import { ed25519Challenge, ed25519Scalar, ed25519Signature, laxBackend } from "./textbook-signatures.ts";

/** Makes every Ed25519 vector, the same ones each time. */
export function ed25519Vectors(): SignatureVector[] {
  return [
    ...soundCases(),
    ...keyCases(),
    ...smallOrderKeyCases(),
    ...pointRCases(),
    ...scalarCases(),
    ...equationCases(),
  ];
}

const { L, p, base, add, multiply, encode } = edwards;
const vector = vectorMaker(laxBackend.verifyEd25519);
const seed = digest("sha256", utf8("fiducial-vectors-ed25519"));
const secret = ed25519Scalar(seed);
const publicPoint = multiply(secret, base);
const publicKey = encode(publicPoint);
/** A point of order 8, and with it all eight points of small order. */
const torsion = edwards.decode(
  toLittleEndian(0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n),
) as Point;
const smallOrderPoints = Array.from({ length: 8 }, (_, index) => multiply(BigInt(index), torsion));
const identity = encode(edwards.zero);
const identityNotCanonical = toLittleEndian(p + 1n);
const mixedKey = encode(add(publicPoint, torsion));
/** R and S of one number: holds for every key whose part of the equation vanishes. */
const anyones = concat(encode(multiply(nonce("anyone"), base)), toLittleEndian(nonce("anyone")));

function soundCases(): SignatureVector[] {
  const lengths = { "an empty message": 0, "a message of one byte": 1, "a message of 800 bytes": 800 };
  return Object.entries(lengths).map(([title, length]) =>
    vector(title, "RFC 8032 § 5.1.6", signed(new Uint8Array(length).fill(0x61)), null),
  );
}

function keyCases(): SignatureVector[] {
  const good = signed(utf8("keys"));
  const make = (title: string, key: Uint8Array, fault: string, keyFault: string | null, signature = good.signature) =>
    vector(title, "RFC 8032 § 5.1.3", { ...good, publicKey: key, signature }, fault, keyFault);
  const canonical = "KEY_NOT_CANONICAL";
  return [
    make("a key with a byte too many", concat(publicKey, Uint8Array.of(0)), "KEY_LENGTH", "KEY_LENGTH"),
    make("the identity as y = p + 1: anyone's signature", identityNotCanonical, canonical, canonical, anyones),
    make("a key with y = p", toLittleEndian(p), canonical, canonical),
    make("a key with y = p + 3, a point of large order", toLittleEndian(p + 3n), canonical, canonical),
    make("a key with y = 2^255 − 1, its sign set", toLittleEndian(2n ** 256n - 1n), canonical, canonical),
    make("the largest y of a key that can be registered", toLittleEndian(largestY()), "EQUATION", null),
    make("a key that is no point", toLittleEndian(yOfNoPoint()), "EQUATION", "KEY_NOT_A_POINT"),
  ];
}

function smallOrderKeyCases(): SignatureVector[] {
  const keys = [...smallOrderPoints.map(encode), withSign(identity), withSign(toLittleEndian(p - 1n))];
  return keys.map((key, index) => {
    const message = messageWhere(key, anyones, (k) => isZero(multiply(k % 8n, edwards.decode(key) as Point)));
    const title = `a key of small order, ${index + 1} of 10: anyone's signature`;
    return vector(
      title,
      "RFC 8032 § 5.1.3",
      { publicKey: key, message, signature: anyones },
      "KEY_SMALL_ORDER",
      "KEY_SMALL_ORDER",
    );
  });
}

function pointRCases(): SignatureVector[] {
  const clause = "RFC 8032 § 5.1.7";
  const message = utf8("R");
  // Of a small-order R the nonce is 0: S = k a.
  const withR = (R: Uint8Array, key: Uint8Array, text: Uint8Array) => ({
    publicKey: key,
    message: text,
    signature: concat(R, toLittleEndian(mod(ed25519Challenge(key, R, text) * secret, L))),
  });
  const byMixedKey = smallOrderPoints.map((R, index) => {
    const found = messageWhere(mixedKey, encode(R), (k) => isZero(add(R, multiply(k % 8n, torsion))));
    const title = `R of small order, ${index + 1} of 8, by a key of mixed order`;
    return vector(title, clause, withR(encode(R), mixedKey, found), "R_SMALL_ORDER", "KEY_NOT_TORSION_FREE");
  });
  return [
    vector(
      "R is the identity as y = p + 1",
      clause,
      withR(identityNotCanonical, publicKey, message),
      "R_NOT_CANONICAL",
    ),
    vector("R is the identity", clause, withR(identity, publicKey, message), "R_SMALL_ORDER"),
    ...byMixedKey,
  ];
}

function scalarCases(): SignatureVector[] {
  const good = signed(utf8("S"));
  const R = good.signature.subarray(0, 32);
  const s = littleEndian(good.signature.subarray(32));
  const make = (title: string, clause: string, signature: Uint8Array, fault: string) =>
    vector(title, clause, { ...good, signature }, fault);
  return [
    make(
      "a signature with a byte too many",
      "RFC 8032 § 5.1.7",
      concat(good.signature, Uint8Array.of(0)),
      "SIGNATURE_LENGTH",
    ),
    make("a signature with a byte too few", "RFC 8032 § 5.1.7", good.signature.subarray(0, 63), "SIGNATURE_LENGTH"),
    make("S = L", "RFC 8032 § 8.4", concat(R, toLittleEndian(L)), "S_OUT_OF_RANGE"),
    make("S = L − 1", "RFC 8032 § 8.4", concat(R, toLittleEndian(L - 1n)), "EQUATION"),
    make("S + L", "RFC 8032 § 8.4", concat(R, toLittleEndian(s + L)), "S_OUT_OF_RANGE"),
    make("S + 14 L, its top bits set", "RFC 8032 § 8.4", concat(R, toLittleEndian(s + 14n * L)), "S_OUT_OF_RANGE"),
  ];
}

function equationCases(): SignatureVector[] {
  const clause = "RFC 8032 § 5.1.7, without the cofactor";
  const message = utf8("equation");
  const r = nonce("mixed R");
  const soundR = encode(multiply(r, base));
  const withNonce = (key: Uint8Array, R: Uint8Array, text: Uint8Array) => ({
    publicKey: key,
    message: text,
    signature: concat(R, toLittleEndian(mod(r + ed25519Challenge(key, R, text) * secret, L))),
  });
  const leftOver = messageWhere(mixedKey, soundR, (k) => k % 8n !== 0n);
  const nothingLeft = messageWhere(mixedKey, soundR, (k) => k % 8n === 0n);
  const mixedR = withNonce(publicKey, encode(add(multiply(r, base), torsion)), message);
  return [
    vector("another message", clause, { ...signed(utf8("other")), message }, "EQUATION"),
    vector("R with a torsion part: holds with the cofactor only", clause, mixedR, "EQUATION"),
    vector(
      "a key of mixed order, torsion left over: holds with the cofactor only",
      clause,
      withNonce(mixedKey, soundR, leftOver),
      "EQUATION",
      "KEY_NOT_TORSION_FREE",
    ),
    vector(
      "a key of mixed order, no torsion left over",
      clause,
      withNonce(mixedKey, soundR, nothingLeft),
      null,
      "KEY_NOT_TORSION_FREE",
    ),
  ];
}

function signed(message: Uint8Array): { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array } {
  return { publicKey, message, signature: ed25519Signature(seed, publicKey, message) };
}

// The first of the messages "try 0", "try 1", … whose challenge k suits.
function messageWhere(key: Uint8Array, signature: Uint8Array, suits: (k: bigint) => boolean): Uint8Array {
  for (let attempt = 0; ; attempt++) {
    const message = utf8(`try ${attempt}`);
    if (suits(ed25519Challenge(key, signature.subarray(0, 32), message))) return message;
  }
}

function nonce(label: string): bigint {
  return mod(littleEndian(digest("sha512", utf8(label))), L);
}

function withSign(encoded: Uint8Array): Uint8Array {
  return encoded.with(31, (encoded[31] as number) | 0x80);
}

// The largest y below p that is of a point in the prime-order subgroup.
function largestY(): bigint {
  for (let y = p - 2n; ; y--) {
    const point = edwards.decode(toLittleEndian(y));
    if (point !== undefined && isZero(multiply(L, point))) return y;
  }
}

function yOfNoPoint(): bigint {
  let y = 2n;
  while (edwards.decode(toLittleEndian(y)) !== undefined) y++;
  return y;
}

function isZero(point: Point): boolean {
  return point.x === 0n && point.y === 1n;
}
