// The refusals and findings of imaging. What an act is refused for, an observation is marked with: such codes stand among the refusals.
import type { Finding, Refusal } from "../kernel/codes.ts";

export const imagingRefusals = {
  STUDY_UNKNOWN: {
    http: 404,
    fhir: "not-found",
    says: "No study with this handle is registered on this log. Check the handle and the log.",
  },
  STUDY_OF_OTHER_ORGANIZATION: {
    http: 403,
    fhir: "forbidden",
    says: "Another organization registered the study. It must do this itself.",
  },
  STUDY_FROZEN: {
    http: 409,
    fhir: "conflict",
    says: "The study's patient is being corrected: it must not be shared, and not be corrected twice. Complete the correction first.",
  },
  STUDY_DESTROYED: {
    http: 409,
    fhir: "conflict",
    says: "The study was destroyed. What came since belongs under a new handle.",
  },
  STUDY_HELD: {
    http: 409,
    fhir: "business-rule",
    says: "A hold keeps the study from destruction. Have the hold released first.",
  },
  RETENTION_RUNNING: {
    http: 409,
    fhir: "business-rule",
    says: "The study must be kept longer. Wait, or have its retention shortened by two approvers.",
  },
  NO_CORRECTION: {
    http: 409,
    fhir: "conflict",
    says: "No correction of the study's patient is under way.",
  },
  CORRECTION_OWN: {
    http: 403,
    fhir: "forbidden",
    says: "Whoever corrected the study's patient does not complete the correction. Have somebody else do it.",
  },
  ERASURE_OF_OTHER_ORGANIZATION: {
    http: 403,
    fhir: "forbidden",
    says: "Another organization erases under this patient's handle. Use your own scope's handle.",
  },
  HOLD_EXISTS: { http: 409, fhir: "conflict", says: "The study has a hold with this handle already." },
  HOLDS_TOO_MANY: {
    http: 409,
    fhir: "business-rule",
    says: "The study has 32 holds already. Release one, or let several matters share one.",
  },
  HOLD_UNKNOWN: { http: 404, fhir: "not-found", says: "The study has no hold with this handle." },
} as const satisfies Readonly<Record<string, Refusal>>;

export const imagingFindings = {
  STUDY_REGISTERED_BEFORE: {
    says: "A study with this handle was registered before; the earlier registration stands.",
  },
  DEVICE_NOT_NAMED: { says: "No acquiring device is named." },
  DEVICE_UNKNOWN: { says: "The named acquiring device is not registered on this log." },
  DEVICE_RETIRED: { says: "The named acquiring device was retired before." },
  SOURCE_UNKNOWN: { says: "A study that this one is derived from is not registered on this log." },
  SOURCE_FROZEN: { says: "A study that this one is derived from has its patient corrected: so may this one need." },
  SOURCE_DESTROYED: { says: "A study that this one is derived from was destroyed before." },
  TRANSFER_INCOMPLETE: { says: "Not everything was transferred." },
  COPY_ALTERED: { says: "What was verified differs in its pixels or its content from what was registered." },
  HEADER_CHANGED: { says: "What was verified has the registered pixels and another header." },
  COPY_UNKNOWN: { says: "What was verified was never registered here." },
  SCOPES_NOT_NOTIFIED: {
    says: "The correction was completed before every scope that holds the study was recorded as notified.",
  },
  DESTRUCTION_NOT_APPROVED: { says: "The study was destroyed without an approval that stood at this time." },
  DESTRUCTION_INCOMPLETE: { says: "Fewer objects were destroyed than are registered: the rest is still there." },
  ERASURE_NOT_APPROVED: { says: "The erasure was executed without the approval that it names." },
} as const satisfies Readonly<Record<string, Finding>>;
