// The refusals and findings of identity.
import type { Finding, Refusal } from "../kernel/codes.ts";

export const identityRefusals = {
  FOUNDERS_DO_NOT_SIGN: {
    http: 422,
    fhir: "invalid",
    says: "Each founding organization, and nobody else, signs with one of its root keys.",
  },
  ORGANIZATION_EXISTS: {
    http: 409,
    fhir: "conflict",
    says: "An organization with this id is registered already. Draw another id.",
  },
  ACTOR_EXISTS: {
    http: 409,
    fhir: "conflict",
    says: "An actor with this id is registered already. Draw another id.",
  },
  KEY_EXISTS: {
    http: 409,
    fhir: "conflict",
    says: "The key is registered already, or named twice. Make a new one; keys do not come back.",
  },
  POSSESSION_NOT_PROVED: {
    http: 422,
    fhir: "invalid",
    says: "The new key does not counter-sign. Have it sign the statement too.",
  },
  HOLDER_DOES_NOT_SIGN: {
    http: 403,
    fhir: "forbidden",
    says: "The actor had a key before. Have it counter-sign with one it holds, or recover it with two approvers.",
  },
  KEYS_TOO_MANY: {
    http: 409,
    fhir: "business-rule",
    says: "The actor holds 8 keys already. Revoke one first, or rotate.",
  },
  ROOT_KEY_RESERVED: {
    http: 403,
    fhir: "forbidden",
    says: "Only the organization itself, with one of its root keys, registers a further one.",
  },
  PREVIOUS_KEY_DOES_NOT_SIGN: {
    http: 422,
    fhir: "invalid",
    says: "The key to be replaced signs first, and for its own actor.",
  },
  NOT_YOUR_KEY: {
    http: 403,
    fhir: "forbidden",
    says: "Only the key's actor, its organization or an administrator ends a key; a root key, only the organization.",
  },
  LAST_ROOT_KEY: {
    http: 409,
    fhir: "business-rule",
    says: "It is the organization's last root key. Register another first, or rotate this one.",
  },
  SELF_APPROVAL: {
    http: 403,
    fhir: "forbidden",
    says: "An actor does not approve its own recovery. Have two others sign.",
  },
  ROLE_RESERVED: {
    http: 403,
    fhir: "forbidden",
    says: "Only the organization, with a root key, makes an administrator or ends one.",
  },
  SELF_GRANT: {
    http: 403,
    fhir: "forbidden",
    says: "Nobody grants a role to themselves. Have another administrator grant it.",
  },
  ROLE_HELD: { http: 409, fhir: "conflict", says: "The actor holds the role already." },
  ROLE_NOT_HELD: { http: 409, fhir: "conflict", says: "The actor does not hold the role." },
  ACTOR_NOT_A_PERSON: {
    http: 422,
    fhir: "invalid",
    says: "Roles are for persons. What others may state follows from what they are.",
  },
  CONTRACT_NOT_NEWER: {
    http: 409,
    fhir: "conflict",
    says: "The contract version is not newer than the active and the pending one.",
  },
  ACTIVATION_IN_PAST: {
    http: 422,
    fhir: "invalid",
    says: "The log has reached that index already. Name a later one.",
  },
  SUCCESSOR_MISMATCH: {
    http: 422,
    fhir: "invalid",
    says: "A log that moved or was recovered names another log as its successor; a log that ended names none.",
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export const identityFindings = {
  KEY_REVOKED_BEFORE: { says: "The key had been revoked before it was said to be compromised." },
  COMPROMISED_BEFORE_REGISTRATION: {
    says: "The key is said to be compromised since before it was registered: nothing it signed proves anything.",
  },
  ORGANIZATION_WITHOUT_KEY: { says: "The organization has no root key left: nobody acts for it on this log any more." },
} as const satisfies Readonly<Record<string, Finding>>;
