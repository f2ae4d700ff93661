// A passkey's assertion as a signature over a statement id. WebAuthn Level 3 § 5.8.1, § 6.1, § 7.2; docs/formats/keys.md § WebAuthn.
import { sha256 } from "#sha256";
import { concat, toBase64Url, toHex, utf8Decode } from "../encoding/bytes.ts";
import { type Check, firstFault } from "./check.ts";
import { type PublicKey, schemeOf } from "./public-key.ts";
import { type SignatureBackend, verifySignature } from "./verification.ts";

/** What an authenticator returned, byte for byte; `signature` as raw r ‖ s with low s (see `derToLowS`) or Ed25519's 64 bytes. */
export interface Assertion {
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  readonly signature: Uint8Array;
}

/** Why an assertion does not sign a statement. */
export const assertionFaults = {
  KEY_NOT_A_PASSKEY: "The key was not registered as a passkey with a relying party and origins.",
  CLIENT_DATA_MALFORMED: "The client data is not a JSON object of at most 2,048 bytes.",
  TYPE_NOT_GET: "The client data is not of an assertion.",
  CHALLENGE_MISMATCH: "The challenge is not the id of the statement.",
  ORIGIN_NOT_DECLARED: "The assertion was made on a page whose origin the key did not declare.",
  CROSS_ORIGIN: "The assertion was made inside a page of another origin.",
  AUTHENTICATOR_DATA_MALFORMED: "The authenticator data is not of an assertion.",
  RP_ID_MISMATCH: "The assertion was made for another relying party.",
  USER_NOT_PRESENT: "Nobody was present at the authenticator.",
  USER_NOT_VERIFIED: "The authenticator did not verify who was there.",
  SIGNATURE_INVALID: "The signature does not verify.",
} as const satisfies Readonly<Record<string, string>>;
export type AssertionFault = keyof typeof assertionFaults;

/** Says why `assertion` is not this passkey's signature over the statement with that 32-byte id, or returns undefined. Never throws. */
export function verifyAssertion(
  backend: SignatureBackend,
  key: PublicKey,
  statementId: Uint8Array,
  assertion: Assertion,
): AssertionFault | undefined {
  return firstFault(assertionChecks, {
    backend,
    key,
    statementId,
    assertion,
    clientData: clientDataOf(assertion.clientDataJSON),
  });
}

/** An assertion beside what it must agree with. */
export interface ClaimedAssertion {
  readonly backend: SignatureBackend;
  readonly key: PublicKey;
  readonly statementId: Uint8Array;
  readonly assertion: Assertion;
  /** The members of the client data; undefined when it is no JSON object. */
  readonly clientData: Readonly<Record<string, unknown>> | undefined;
}

/** The conditions in the order in which they are reported. WebAuthn § 7.2, steps 11 to 24. */
export const assertionChecks: readonly Check<ClaimedAssertion, AssertionFault>[] = [
  {
    code: "KEY_NOT_A_PASSKEY",
    holds: ({ key }) => key.algorithm !== schemeOf(key.algorithm) && key.webauthn !== undefined,
  },
  { code: "CLIENT_DATA_MALFORMED", holds: ({ clientData }) => clientData !== undefined },
  { code: "TYPE_NOT_GET", holds: ({ clientData }) => clientData?.["type"] === "webauthn.get" },
  {
    code: "CHALLENGE_MISMATCH",
    holds: ({ clientData, statementId }) =>
      statementId.length === 32 && clientData?.["challenge"] === toBase64Url(statementId),
  },
  {
    code: "ORIGIN_NOT_DECLARED",
    holds: ({ clientData, key }) => key.webauthn?.origins.some((origin) => origin === clientData?.["origin"]) === true,
  },
  { code: "CROSS_ORIGIN", holds: ({ clientData }) => isSameOrigin(clientData ?? {}) },
  { code: "AUTHENTICATOR_DATA_MALFORMED", holds: ({ assertion }) => isAuthenticatorData(assertion.authenticatorData) },
  {
    code: "RP_ID_MISMATCH",
    holds: ({ assertion, key }) => toHex(assertion.authenticatorData.subarray(0, 32)) === key.webauthn?.rpIdHash,
  },
  { code: "USER_NOT_PRESENT", holds: ({ assertion }) => hasFlag(assertion.authenticatorData, flag.userPresent) },
  { code: "USER_NOT_VERIFIED", holds: ({ assertion }) => hasFlag(assertion.authenticatorData, flag.userVerified) },
  { code: "SIGNATURE_INVALID", holds: isSigned },
];

const largestClientDataBytes = 2048;
/** rpIdHash (32), flags (1), signature counter (4). */
const plainLength = 37;
const largestAuthenticatorDataBytes = 1024;
const flag = {
  userPresent: 0x01,
  userVerified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
  attested: 0x40,
  extended: 0x80,
} as const;

// The size is bounded before parsing, so that nesting is too, and every implementation gives the same answer.
function clientDataOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const text = bytes.length > largestClientDataBytes ? undefined : utf8Decode(bytes);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isSameOrigin(clientData: Readonly<Record<string, unknown>>): boolean {
  return (
    (clientData["crossOrigin"] === undefined || clientData["crossOrigin"] === false) &&
    clientData["topOrigin"] === undefined
  );
}

// An assertion carries no credential (flag AT); extension outputs (flag ED) are a CBOR map, signed and otherwise not looked at.
function isAuthenticatorData(data: Uint8Array): boolean {
  if (data.length < plainLength || data.length > largestAuthenticatorDataBytes || hasFlag(data, flag.attested))
    return false;
  if (hasFlag(data, flag.backedUp) && !hasFlag(data, flag.backupEligible)) return false;
  if (!hasFlag(data, flag.extended)) return data.length === plainLength;
  return data.length > plainLength && (data[plainLength] as number) >> 5 === 5;
}

function hasFlag(authenticatorData: Uint8Array, mask: number): boolean {
  return ((authenticatorData[32] ?? 0) & mask) !== 0;
}

function isSigned({ backend, key, assertion }: ClaimedAssertion): boolean {
  const signed = concat(assertion.authenticatorData, sha256(assertion.clientDataJSON));
  return verifySignature(
    backend,
    { algorithm: schemeOf(key.algorithm), bytes: key.bytes },
    signed,
    assertion.signature,
  );
}
