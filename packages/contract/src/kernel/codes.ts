// The kernel's refusals and findings: what holds for every kind. Each application adds a table of its own.

/** What a refused statement tells its submitter: an HTTP status, a FHIR issue type, and a sentence that says what to do. */
export interface Refusal {
  readonly http: 400 | 403 | 404 | 409 | 413 | 422;
  readonly fhir: "invalid" | "forbidden" | "not-found" | "conflict" | "too-long" | "business-rule" | "expired";
  readonly says: string;
}

/** What a finding tells a reader of the entry that carries it. */
export interface Finding {
  readonly says: string;
}

export const kernelRefusals = {
  WRONG_LOG: { http: 422, fhir: "invalid", says: "The statement names another log. Sign it again for this one." },
  LOG_NOT_CREATED: { http: 409, fhir: "conflict", says: "The log is empty: its first entry must be identity.log.created." },
  LOG_SEALED: { http: 409, fhir: "conflict", says: "The log is sealed. Send the statement to its successor." },
  KIND_UNKNOWN: { http: 422, fhir: "invalid", says: "This log's contract does not have that kind and version. See `fiducial kinds`." },
  OPEN_FIELDS_INVALID: { http: 422, fhir: "invalid", says: "The open fields do not fit the kind. See `fiducial kinds`." },
  SEALED_FIELDS_INVALID: { http: 422, fhir: "invalid", says: "The commitments are not those of the kind's sealed fields." },
  BASIS_INVALID: { http: 422, fhir: "invalid", says: "An observation states its basis (seen, stated, imported); an act states none." },
  STATEMENT_EXPIRED: { http: 422, fhir: "expired", says: "The statement was signed too long ago. Sign it again." },
  SIGNED_IN_FUTURE: { http: 422, fhir: "invalid", says: "The statement was signed more than five minutes ahead. Set the signer's clock." },
  KEY_UNKNOWN: { http: 403, fhir: "forbidden", says: "A signing key is not registered on this log." },
  KEY_REVOKED: { http: 403, fhir: "forbidden", says: "A signing key was revoked." },
  KEY_OF_OTHER_ACTOR: { http: 403, fhir: "forbidden", says: "A signing key belongs to another actor." },
  KEY_NOT_REGISTRABLE: { http: 422, fhir: "invalid", says: "A key to be registered is malformed or weak, or its parameters are missing." },
  SIGNATURE_INVALID: { http: 403, fhir: "forbidden", says: "A signature does not verify." },
  ACTOR_UNKNOWN: { http: 404, fhir: "not-found", says: "An actor is not registered on this log." },
  ACTOR_RETIRED: { http: 403, fhir: "forbidden", says: "An actor was retired." },
  ACTOR_OF_OTHER_ORGANIZATION: { http: 403, fhir: "forbidden", says: "An actor belongs to another organization than it signs for." },
  ORGANIZATION_UNKNOWN: { http: 404, fhir: "not-found", says: "An organization is not registered on this log." },
  PRINCIPAL_NOT_ALLOWED: { http: 403, fhir: "forbidden", says: "The signer may act on behalf of its own organization only." },
  ROLE_MISSING: { http: 403, fhir: "forbidden", says: "The signer holds none of the roles that may state this kind." },
  APPROVALS_TOO_FEW: { http: 403, fhir: "forbidden", says: "The statement needs more approvers, each another person or organization who may approve." },
  STATEMENT_UNKNOWN: { http: 404, fhir: "not-found", says: "No statement with that id is on this log." },
  SUPERSEDES_OTHER_KIND: { http: 422, fhir: "invalid", says: "A statement supersedes statements of its own kind only." },
  SUPERSEDES_OTHER_ORGANIZATION: { http: 403, fhir: "forbidden", says: "Only the same organization supersedes; others dispute." },
  ENTRY_TOO_LARGE: { http: 413, fhir: "too-long", says: "The entry would exceed 65,535 bytes. State a Merkle root instead of the long thing." },
} as const satisfies Readonly<Record<string, Refusal>>;

export const kernelFindings = {
  CLOCK_SKEW: { says: "It is said to have happened after it was signed, or signed after it was recorded: a clock is off." },
  LATE_ENTRY: { says: "It was recorded more than a day after it happened." },
  OFFSET_UNKNOWN: { says: "The time at which it happened has no UTC offset." },
} as const satisfies Readonly<Record<string, Finding>>;

export type KernelRefusal = keyof typeof kernelRefusals;
export type KernelFinding = keyof typeof kernelFindings;
