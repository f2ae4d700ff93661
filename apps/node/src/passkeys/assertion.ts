// What a browser brings from a passkey, as core's one rule for assertions takes it. WebAuthn Level 3 § 5.8.1; docs/formats/keys.md § WebAuthn.
import type { PasskeyAssertion } from "@fiducial/api";
import {
  type Assertion,
  type AssertionFault,
  type DeclaredKey,
  derToLowS,
  publicKeyFromDeclared,
  schemeOf,
  verifyAssertion,
} from "@fiducial/core";
import { sodiumBackend } from "@fiducial/ledger";

/** Reads what a passkey with this key answered. A P-256 signature that is no strict DER becomes none at all, which verifies under no key. */
export function assertionOf({ response }: PasskeyAssertion, { algorithm }: Pick<DeclaredKey, "algorithm">): Assertion {
  const signature = bytesOf(response.signature);
  return {
    authenticatorData: bytesOf(response.authenticatorData),
    clientDataJSON: bytesOf(response.clientDataJSON),
    signature: schemeOf(algorithm) === "P-256" ? (derToLowS(signature) ?? new Uint8Array()) : signature,
  };
}

/** Why an assertion is not this key's over a challenge (32 bytes), or undefined. */
export function assertionFault(
  key: DeclaredKey,
  challenge: Uint8Array,
  assertion: Assertion,
): AssertionFault | undefined {
  const publicKey = publicKeyFromDeclared(key);
  return publicKey === undefined
    ? "SIGNATURE_INVALID"
    : verifyAssertion(sodiumBackend, publicKey, challenge, assertion);
}

/** How often the authenticator says that it has signed. WebAuthn Level 3 § 6.1: 4 bytes behind the flags. */
export function counterOf({ authenticatorData }: Pick<Assertion, "authenticatorData">): number {
  return authenticatorData.length < 37 ? 0 : Buffer.from(authenticatorData).readUInt32BE(33);
}

/** Bytes of base64url. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, "base64url"));
}
