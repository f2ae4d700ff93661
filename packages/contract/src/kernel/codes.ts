// The kernel's refusals and findings: what holds for every kind. Each application adds a table of its own.

/** What a refused statement tells its submitter: an HTTP status, a FHIR issue type, and a sentence that says what to do. */
export interface Refusal {
  readonly http: 400 | 403 | 404 | 409 | 413 | 422;
  readonly fhir: "invalid" | "forbidden" | "not-found" | "conflict" | "too-long" | "business-rule" | "expired";
  readonly says: string;
}

/** What a finding tells a reader of the entry that carries it. A code that is a refusal too stands among the refusals. */
export interface Finding {
  readonly says: string;
}

/** In the order in which `decide` asks; the last is for kinds that need approvers. */
export const kernelRefusals = {
  ENTRY_TOO_LARGE: {
    http: 413,
    fhir: "too-long",
    says: "The envelope is larger than 61,440 bytes. State a Merkle root instead of the long thing.",
  },
  LOG_NOT_CREATED: {
    http: 409,
    fhir: "conflict",
    says: "The log is empty: its first entry must be identity.log.created.",
  },
  LOG_EXISTS: { http: 409, fhir: "conflict", says: "The log has been created already. Send statements to it." },
  WRONG_LOG: { http: 422, fhir: "invalid", says: "The statement names another log. Sign it again for this one." },
  LOG_SEALED: { http: 409, fhir: "conflict", says: "The log is sealed. Send the statement to its successor." },
  KIND_UNKNOWN: {
    http: 422,
    fhir: "invalid",
    says: "This log's contract does not have that kind and version. See `fiducial kinds`.",
  },
  SEALED_FIELDS_INVALID: {
    http: 422,
    fhir: "invalid",
    says: "The commitments are not those of the kind's sealed fields. See `fiducial kinds`.",
  },
  BASIS_INVALID: {
    http: 422,
    fhir: "invalid",
    says: "An observation states its basis (seen, stated, imported); an act states none.",
  },
  OPEN_FIELDS_INVALID: {
    http: 422,
    fhir: "invalid",
    says: "The open fields do not fit the kind. See `fiducial kinds`.",
  },
  SIGNED_IN_FUTURE: {
    http: 422,
    fhir: "invalid",
    says: "The statement was signed more than five minutes ahead. Set the signer's clock.",
  },
  STATEMENT_EXPIRED: { http: 422, fhir: "expired", says: "The statement was signed too long ago. Sign it again." },
  KEY_UNKNOWN: {
    http: 403,
    fhir: "forbidden",
    says: "A key that signs or is named is not registered on this log. Register it first.",
  },
  KEY_NOT_REGISTRABLE: {
    http: 422,
    fhir: "invalid",
    says: "A key to be registered is malformed or weak, or declares other parameters than its algorithm asks for. Make another.",
  },
  KEY_REVOKED: {
    http: 403,
    fhir: "forbidden",
    says: "A key that signs or is named was revoked. Use another, or have an administrator recover one.",
  },
  KEY_OF_OTHER_ACTOR: {
    http: 403,
    fhir: "forbidden",
    says: "A signing key belongs to another actor than the one named beside it.",
  },
  ACTOR_UNKNOWN: { http: 404, fhir: "not-found", says: "An actor is not registered on this log. Register it first." },
  ACTOR_RETIRED: { http: 403, fhir: "forbidden", says: "An actor was retired. Register a new one." },
  ACTOR_OF_OTHER_ORGANIZATION: {
    http: 403,
    fhir: "forbidden",
    says: "An actor belongs to another organization. Its own organization must do this.",
  },
  PRINCIPAL_NOT_ALLOWED: {
    http: 403,
    fhir: "forbidden",
    says: "A signer acts on behalf of its own organization and of nobody else; an organization acts for itself.",
  },
  SIGNATURE_INVALID: { http: 403, fhir: "forbidden", says: "A signature does not verify. Sign the statement again." },
  ROLE_MISSING: {
    http: 403,
    fhir: "forbidden",
    says: "The signer is none of those who may state this kind. See `fiducial kinds`.",
  },
  STATEMENT_UNKNOWN: {
    http: 404,
    fhir: "not-found",
    says: "No statement with that id is on this log. Check the id and the log.",
  },
  SUPERSEDES_OTHER_KIND: {
    http: 422,
    fhir: "invalid",
    says: "A statement supersedes statements of its own kind only.",
  },
  SUPERSEDES_OTHER_ORGANIZATION: {
    http: 403,
    fhir: "forbidden",
    says: "Only the same organization supersedes. Dispute the statement instead.",
  },
  APPROVALS_TOO_FEW: {
    http: 403,
    fhir: "forbidden",
    says: "The statement needs more approvers, each another person or organization who may approve. Have them counter-sign.",
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export const kernelFindings = {
  CLOCK_SKEW: {
    says: "It is said to have happened after it was signed, or signed after it was recorded: a clock is off.",
  },
  LATE_ENTRY: { says: "It was recorded more than a day after it happened." },
  OFFSET_UNKNOWN: { says: "The time at which it happened has no UTC offset." },
} as const satisfies Readonly<Record<string, Finding>>;

export type KernelRefusal = keyof typeof kernelRefusals;
export type KernelFinding = keyof typeof kernelFindings;
