// Random secrets that somebody carries and the node only recognizes: 256 bits, kept as their SHA-256.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/** A new secret: 43 characters of base64url, 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** 32 random hex digits: a name that opens nothing. */
export function newHandle(): string {
  return randomBytes(16).toString("hex");
}

/** The SHA-256 of a secret, by which it is found. */
export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Tells whether a secret is the one with this digest, in the same time whatever differs. */
export function isSecret(secret: string, digest: Uint8Array): boolean {
  return timingSafeEqual(digestOf(secret), digest);
}

/** Encrypts a value so that only who has the secret can read it: AES-256-GCM, nonce and tag in front. */
export function sealFor(secret: string, value: object): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(secret), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Decrypts what `sealFor` encrypted. Throws when it was changed or the secret is another. */
export function openWith(secret: string, sealed: Uint8Array): unknown {
  const decipher = createDecipheriv("aes-256-gcm", keyFor(secret), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString("utf8"));
}

function keyFor(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "fiducial-session-v1", 32));
}
