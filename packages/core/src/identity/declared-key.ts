// A public key as a statement declares it: text in, bytes out. docs/formats/keys.md § Registration.
import { CoreError } from "../core-error.ts";
import { fromBase64 } from "../encoding/bytes.ts";
import { type KeyAlgorithm, keyId, type PublicKey, type WebAuthnParameters } from "../signature/public-key.ts";
import { checkRegistrableKey, type KeyFault } from "../signature/registrable-key.ts";
import type { KeyId } from "../statement/payload.ts";

/** A public key as open fields hold it: `publicKey` is padded standard base64 of 32 (Ed25519) or 65 (P-256) bytes. */
export interface DeclaredKey {
  readonly algorithm: KeyAlgorithm;
  readonly publicKey: string;
  /** What a passkey's assertions must show; a key that signs messages itself declares none. */
  readonly webauthn?: WebAuthnParameters | undefined;
}

/** Reads a declared key, or returns undefined when its base64 is not canonical. Whether it may be registered is not checked. */
export function publicKeyFromDeclared({ algorithm, publicKey, webauthn }: DeclaredKey): PublicKey | undefined {
  const bytes = fromBase64(publicKey);
  return bytes && (webauthn === undefined ? { algorithm, bytes } : { algorithm, bytes, webauthn });
}

/** Returns the id of a declared key, 64 lower-case hex digits. Throws DECLARED_KEY_MALFORMED. */
export function keyIdOf(declared: DeclaredKey): KeyId {
  const key = publicKeyFromDeclared(declared);
  if (key === undefined) throw new CoreError("DECLARED_KEY_MALFORMED");
  return keyId(key);
}

/** Says why a declared key must not be registered, or returns undefined. Never throws. */
export function declaredKeyFault(declared: DeclaredKey): KeyFault | "KEY_ENCODING" | undefined {
  const key = publicKeyFromDeclared(declared);
  return key === undefined ? "KEY_ENCODING" : checkRegistrableKey(key);
}
