// What a public key is, and its id. docs/formats/keys.md § Keys.
import { sha256 } from "#sha256";
import { concat, toHex, utf8 } from "../encoding/bytes.ts";

/** How a key signs: the message itself, or (WebAuthn) an assertion whose challenge is the statement id. */
export type KeyAlgorithm = SignatureAlgorithm | "WebAuthn-Ed25519" | "WebAuthn-P-256";

/** The two signature schemes: Ed25519 (RFC 8032) and ECDSA P-256 with SHA-256 (FIPS 186-5). */
export type SignatureAlgorithm = "Ed25519" | "P-256";

/** A public key: 32 bytes (RFC 8032 § 5.1.2) or the 65-byte uncompressed point (SEC 1 § 2.3.3), and for a passkey what it declared. */
export interface PublicKey {
  readonly algorithm: KeyAlgorithm;
  readonly bytes: Uint8Array;
  readonly webauthn?: WebAuthnParameters;
}

/** What a passkey's assertions must show: the SHA-256 of the relying party id (lower-case hex), and one of these origins. */
export interface WebAuthnParameters {
  readonly rpIdHash: string;
  readonly origins: readonly string[];
}

/** Returns a key's id, 64 lower-case hex digits: SHA-256 over domain, algorithm and key bytes. What a passkey declared is not in it. */
export function keyId(key: Pick<PublicKey, "algorithm" | "bytes">): string {
  return toHex(sha256(domain, concat(utf8(key.algorithm), separator), key.bytes));
}

/** Returns the scheme under an algorithm: what the bytes of the key and of its signatures are. */
export function schemeOf(algorithm: KeyAlgorithm): SignatureAlgorithm {
  return algorithm === "Ed25519" || algorithm === "WebAuthn-Ed25519" ? "Ed25519" : "P-256";
}

const separator = Uint8Array.of(0);
const domain = concat(utf8("fiducial-key-v1"), separator);
