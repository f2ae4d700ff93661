// The refusals and findings of identity.
import type { Finding, Refusal } from "../kernel/codes.ts";

export const identityRefusals = {
  LOG_EXISTS: { http: 409, fhir: "conflict", says: "The log has been created already." },
  FOUNDERS_DO_NOT_SIGN: { http: 422, fhir: "invalid", says: "Each founding organization, and nobody else, signs with one of its root keys." },
} as const satisfies Readonly<Record<string, Refusal>>;

export const identityFindings = {} as const satisfies Readonly<Record<string, Finding>>;
