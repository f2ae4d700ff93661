// Which public keys a log registers: stricter than verification, since it is done once per key. docs/formats/keys.md § Registration.
import { ed25519 } from "@noble/curves/ed25519.js";
import { type Check, firstFault } from "./check.ts";
import { ed25519KeyChecks } from "./ed25519-rule.ts";
import { p256KeyChecks } from "./p256-rule.ts";
import { type PublicKey, schemeOf, type WebAuthnParameters } from "./public-key.ts";

/** Why a public key cannot be registered. */
export const keyFaults = {
  KEY_LENGTH: "An Ed25519 public key has 32 bytes.",
  KEY_NOT_CANONICAL: "The key encodes its y as a number that is not below the field's prime.",
  KEY_SMALL_ORDER: "The key is a point of small order, for which anyone can make signatures.",
  KEY_NOT_A_POINT: "The bytes are not an Ed25519 point, or not an uncompressed P-256 point.",
  KEY_NOT_TORSION_FREE: "The key lies outside the prime-order subgroup, where implementations disagree.",
  WEBAUTHN_PARAMETERS_MISSING: "A passkey declares its relying party and origins.",
  WEBAUTHN_PARAMETERS_UNEXPECTED: "Only a passkey declares a relying party and origins.",
  RP_ID_HASH_MALFORMED: "The relying party's hash is 64 lower-case hexadecimal digits.",
  ORIGINS_MALFORMED: "A passkey declares 1 to 16 different web origins, written as browsers do.",
} as const satisfies Readonly<Record<string, string>>;
export type KeyFault = keyof typeof keyFaults;

/** Says why `key` must not be registered, or returns undefined. Exact: the subgroup is tested by multiplying with its order. */
export function checkRegistrableKey(key: PublicKey): KeyFault | undefined {
  const bytesFault = firstFault(registrableKeyChecks[schemeOf(key.algorithm)], key.bytes);
  if (bytesFault !== undefined) return bytesFault;
  if (key.algorithm === schemeOf(key.algorithm))
    return key.webauthn === undefined ? undefined : "WEBAUTHN_PARAMETERS_UNEXPECTED";
  return key.webauthn === undefined ? "WEBAUTHN_PARAMETERS_MISSING" : firstFault(webAuthnParameterChecks, key.webauthn);
}

/** What the bytes of a key must be, scheme by scheme. */
export const registrableKeyChecks: Readonly<Record<"Ed25519" | "P-256", readonly Check<Uint8Array, KeyFault>[]>> = {
  Ed25519: [
    ...ed25519KeyChecks,
    { code: "KEY_NOT_A_POINT", holds: (key) => point(key) !== undefined },
    { code: "KEY_NOT_TORSION_FREE", holds: (key) => point(key)?.isTorsionFree() ?? true },
  ],
  "P-256": p256KeyChecks,
};

/** What a passkey must declare. */
export const webAuthnParameterChecks: readonly Check<WebAuthnParameters, KeyFault>[] = [
  { code: "RP_ID_HASH_MALFORMED", holds: ({ rpIdHash }) => /^[0-9a-f]{64}$/.test(rpIdHash) },
  { code: "ORIGINS_MALFORMED", holds: ({ origins }) => areOrigins(origins) },
];

const mostOrigins = 16;
const longestOrigin = 261;
/** HTML § 7.1.1 serialization of an origin with a host name: lower case, no default port. Plain HTTP serves trials on one's own machine. */
const originPattern =
  /^(?:https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::(?!443$)[1-9][0-9]{0,4})?|http:\/\/localhost(?::(?!80$)[1-9][0-9]{0,4})?)$/;

function areOrigins(origins: readonly string[]): boolean {
  if (origins.length === 0 || origins.length > mostOrigins || new Set(origins).size !== origins.length) return false;
  return origins.every((origin) => origin.length <= longestOrigin && originPattern.test(origin));
}

function point(key: Uint8Array): { isTorsionFree(): boolean } | undefined {
  try {
    return ed25519.Point.fromBytes(key);
  } catch {
    return undefined;
  }
}
