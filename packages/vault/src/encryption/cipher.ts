// Authenticated encryption of one value: AES-256-GCM (NIST SP 800-38D) with a fresh random nonce, bound to the place it stands in.
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { canonicalJson, concat, utf8 } from "@fiducial/core";

/** Where a value stands: the table's name, then whatever tells its row from all others. Read at another place, the value does not open. */
export type Place = readonly [table: string, ...row: (string | number)[]];

/** How long every key is, in bytes. */
export const keyBytes = 32;

/** Hands a key's 32 bytes to OpenSSL. A key object is four times as fast as bytes, and does not print its secret. */
export function keyOf(bytes: Uint8Array): KeyObject {
  return createSecretKey(bytes);
}

/** Encrypts `plain` under a 32-byte key: nonce (12) ‖ ciphertext ‖ tag (16). */
export function encrypt(key: KeyObject, plain: Uint8Array, place: Place): Uint8Array<ArrayBuffer> {
  const nonce = freshNonce();
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(additionalData(place));
  return concat(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

/** Decrypts what `encrypt` made, or returns undefined when key, place or a bit of it is not the one it was made with. */
export function decrypt(key: KeyObject, sealed: Uint8Array, place: Place): Uint8Array<ArrayBuffer> | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(additionalData(place)).setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plain = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes));
  try {
    decipher.final();
    return concat(plain);
  } catch {
    return undefined;
  }
}

const nonceBytes = 12;
const tagBytes = 16;

function freshNonce(): Uint8Array {
  return randomBytes(nonceBytes);
}

function additionalData(place: Place): Uint8Array {
  return utf8(canonicalJson(["fiducial-vault-v1", ...place]));
}
