// A passkey that a browser has just made: is it what was asked for, and which key is it? WebAuthn Level 3 § 7.1.
import type { NewPasskey } from "@fiducial/api";
import { type DeclaredKey, toBase64 } from "@fiducial/core";
import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { cose, decodeAttestationObject, decodeCredentialPublicKey } from "@simplewebauthn/server/helpers";
import { NodeError } from "../node-error.ts";
import { bytesOf } from "./assertion.ts";
import type { PasskeyRecord } from "./passkey-records.ts";
import type { RelyingParty } from "./relying-party.ts";

/** The algorithms that a ledger registers, by COSE's numbers: EdDSA, then ES256. RFC 9053 § 2. */
export const algorithms = [-8, -7] as const;

/** A passkey that was checked, and that nobody has registered yet. */
export interface CheckedPasskey {
  readonly declared: DeclaredKey;
  readonly record: Pick<PasskeyRecord, "credential" | "transports" | "counter">;
}

/** Checks challenge, origin, relying party, presence, verification of the person and algorithm. Rejects with PASSKEY_REFUSED. */
export async function checkedPasskey(
  given: NewPasskey,
  challenge: string,
  party: RelyingParty,
): Promise<CheckedPasskey> {
  const { credential } = await verified(given, challenge, party).catch((cause: unknown) => {
    throw cause instanceof NodeError ? cause : new NodeError("PASSKEY_REFUSED", {}, cause);
  });
  const declared = declaredKey(credential.publicKey);
  if (declared === undefined) throw new NodeError("PASSKEY_REFUSED");
  return {
    declared: { ...declared, webauthn: party.declares },
    record: {
      credential: credential.id,
      transports: given.response.transports ?? [],
      counter: credential.counter,
    },
  };
}

async function verified(given: NewPasskey, challenge: string, party: RelyingParty) {
  // None was asked for. Certificates of others would be followed to wherever they say that their revocations are told.
  if (decodeAttestationObject(bytesOf(given.response.attestationObject)).get("fmt") !== "none")
    throw new NodeError("PASSKEY_REFUSED");
  const { clientDataJSON, attestationObject } = given.response;
  const { verified: holds, registrationInfo } = await verifyRegistrationResponse({
    response: { ...given, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserPresence: true,
    requireUserVerification: true,
    supportedAlgorithmIDs: [...algorithms],
  });
  if (!holds || given.id !== registrationInfo.credential.id) throw new NodeError("PASSKEY_REFUSED");
  return registrationInfo;
}

// RFC 9053 § 7: kty, crv and coordinates. Whether the point is one, and safe, the ledger's contract decides.
function declaredKey(encoded: Uint8Array<ArrayBuffer>): DeclaredKey | undefined {
  const key = decodeCredentialPublicKey(encoded);
  const alg = key.get(cose.COSEKEYS.alg);
  if (cose.isCOSEPublicKeyOKP(key)) {
    const [crv, x] = [key.get(cose.COSEKEYS.crv), key.get(cose.COSEKEYS.x)];
    const isEd25519 = alg === cose.COSEALG.EdDSA && crv === cose.COSECRV.ED25519;
    return isEd25519 && x?.length === 32 ? { algorithm: "WebAuthn-Ed25519", publicKey: toBase64(x) } : undefined;
  }
  if (!cose.isCOSEPublicKeyEC2(key)) return undefined;
  const [crv, x, y] = [key.get(cose.COSEKEYS.crv), key.get(cose.COSEKEYS.x), key.get(cose.COSEKEYS.y)];
  const isP256 = alg === cose.COSEALG.ES256 && crv === cose.COSECRV.P256;
  if (!isP256 || x?.length !== 32 || y?.length !== 32) return undefined;
  return { algorithm: "WebAuthn-P-256", publicKey: toBase64(Buffer.concat([Uint8Array.of(4), x, y])) };
}
