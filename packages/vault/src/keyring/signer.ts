// Signing with a secret key that stays inside OpenSSL's memory. Ed25519: RFC 8032; P-256: FIPS 186-5 with low s. docs/formats/keys.md.
import { createECDH, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto";
import {
  concat,
  derToLowS,
  fromBase64Url,
  fromHex,
  type PublicKey,
  type SignatureAlgorithm,
  toBase64Url,
} from "@fiducial/core";
import { VaultError } from "../vault-error.ts";

/** Signs with one key. */
export interface SecretSigner {
  readonly publicKey: PublicKey;
  /** Signs `message`: 64 bytes, R ‖ S or r ‖ s with low s. */
  sign(message: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** Returns a fresh secret of 32 random bytes: an Ed25519 seed, or a P-256 scalar in range. */
export function randomSecret(algorithm: SignatureAlgorithm): Uint8Array {
  if (algorithm === "Ed25519") return randomBytes(32);
  const curve = createECDH("prime256v1");
  curve.generateKeys();
  const scalar = curve.getPrivateKey();
  // OpenSSL leaves out leading zero bytes.
  return concat(new Uint8Array(32 - scalar.length), scalar);
}

/** Returns the signer of a 32-byte secret. Throws KEYRING_CORRUPT when the secret is no key of that algorithm. */
export function secretSigner(algorithm: SignatureAlgorithm, secret: Uint8Array): SecretSigner {
  try {
    return algorithm === "Ed25519" ? ed25519Signer(secret) : p256Signer(secret);
  } catch {
    throw new VaultError("KEYRING_CORRUPT");
  }
}

function ed25519Signer(seed: Uint8Array): SecretSigner {
  if (seed.length !== 32) throw new RangeError("An Ed25519 seed is 32 bytes.");
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Header, seed]), format: "der", type: "pkcs8" });
  const bytes = coordinate(key, "x");
  return {
    publicKey: { algorithm: "Ed25519", bytes },
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

function p256Signer(scalar: Uint8Array): SecretSigner {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(scalar);
  const point = curve.getPublicKey();
  const [x, y] = [toBase64Url(point.subarray(1, 33)), toBase64Url(point.subarray(33))];
  const key = createPrivateKey({ key: { kty: "EC", crv: "P-256", x, y, d: toBase64Url(scalar) }, format: "jwk" });
  return {
    publicKey: { algorithm: "P-256", bytes: new Uint8Array(point) },
    sign: (message) => derToLowS(sign("sha256", message, key)) as Uint8Array<ArrayBuffer>,
  };
}

function coordinate(key: KeyObject, name: "x" | "y"): Uint8Array {
  return fromBase64Url(createPublicKey(key).export({ format: "jwk" })[name] as string) as Uint8Array;
}

/** PrivateKeyInfo of an Ed25519 seed up to the seed itself. RFC 8410 § 7. */
const pkcs8Header = fromHex("302e020100300506032b657004220420") as Uint8Array;
