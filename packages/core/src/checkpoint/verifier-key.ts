// Verifier keys: whose signature on a note to look for, as one line of text. C2SP signed-note § Signature types, § Verifier keys.
import { sha256 } from "#sha256";
import { CoreError } from "../core-error.ts";
import { concat, fromBase64, toBase64, toHex, utf8 } from "../encoding/bytes.ts";
import { hasControlCharacter } from "./lines.ts";

/** The signature types this verifier knows: their byte in keys and key ids, and the length of their public keys in bytes. */
export const signatureTypes = {
  ed25519: { byte: 0x01, publicKeyBytes: 32 },
  "ed25519-cosignature": { byte: 0x04, publicKeyBytes: 32 },
  "ml-dsa-44-cosignature": { byte: 0x06, publicKeyBytes: 1312 },
} as const;

/** Names a signature type: a log signs with `ed25519`, witnesses and replicas cosign with the others. */
export type SignatureType = keyof typeof signatureTypes;

/** A key under its name. Name and `keyId` (eight lower-case hex digits) are how a note refers to it. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: string;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
}

/** Makes a verifier key and computes its key id. Throws VERIFIER_KEY_MALFORMED for a name or key length that no note could use. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== signatureTypes[type].publicKeyBytes)
    throw new CoreError("VERIFIER_KEY_MALFORMED");
  return { name, keyId: keyIdOf(name, type, publicKey), type, publicKey };
}

/** Writes `name+keyId+base64(type ‖ public key)`. */
export function formatVerifierKey({ name, keyId, type, publicKey }: VerifierKey): string {
  return `${name}+${keyId}+${toBase64(concat(Uint8Array.of(signatureTypes[type].byte), publicKey))}`;
}

/** Reads a verifier key whose type is known and whose key id is right. Throws VERIFIER_KEY_MALFORMED. */
export function parseVerifierKey(text: string): VerifierKey {
  // The base64 may hold plus signs; the name and the key id cannot.
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  const type = bytes && typeOfByte(bytes[0]);
  if (name === undefined || bytes === undefined || type === undefined) throw new CoreError("VERIFIER_KEY_MALFORMED");
  const key = verifierKey(name, type, bytes.subarray(1));
  if (key.keyId !== keyId) throw new CoreError("VERIFIER_KEY_MALFORMED");
  return key;
}

/** Tells whether a note can carry this key name: not empty, without Unicode spaces, plus signs and control characters. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}+]+$/u.test(name) && !hasControlCharacter(name);
}

/** Tells whether two verifier keys are the same in every part. */
export function isSameKey(a: VerifierKey, b: VerifierKey): boolean {
  return formatVerifierKey(a) === formatVerifierKey(b);
}

function keyIdOf(name: string, type: SignatureType, publicKey: Uint8Array): string {
  return toHex(sha256(utf8(name), Uint8Array.of(0x0a, signatureTypes[type].byte), publicKey).subarray(0, 4));
}

function typeOfByte(byte: number | undefined): SignatureType | undefined {
  const types = Object.keys(signatureTypes) as SignatureType[];
  return types.find((type) => signatureTypes[type].byte === byte);
}
