// Findings in a word or two, in English. Their sentences come from the contract.

/** By code; what is not here shows its code in words. */
export const findingWords: Readonly<Record<string, string>> = {
  CLOCK_SKEW: "Clock skew",
  LATE_ENTRY: "Late entry",
  OFFSET_UNKNOWN: "Offset unknown",
  KEY_REVOKED_BEFORE: "Key revoked before",
  COMPROMISED_BEFORE_REGISTRATION: "Never trustworthy",
  ORGANIZATION_WITHOUT_KEY: "No root key left",
  STUDY_REGISTERED_BEFORE: "Registered before",
  STUDY_UNKNOWN: "Study unknown",
  STUDY_FROZEN: "Being corrected",
  STUDY_DESTROYED: "Destroyed before",
  STUDY_HELD: "Held",
  DEVICE_NOT_NAMED: "No registered device",
  DEVICE_UNKNOWN: "Device unknown",
  DEVICE_RETIRED: "Device retired",
  SOURCE_UNKNOWN: "Source unknown",
  SOURCE_FROZEN: "Source being corrected",
  SOURCE_DESTROYED: "Source destroyed",
  TRANSFER_INCOMPLETE: "Incomplete",
  COPY_ALTERED: "Altered",
  HEADER_CHANGED: "Header changed",
  COPY_UNKNOWN: "Unknown here",
  SCOPES_NOT_NOTIFIED: "Not all notified",
  DESTRUCTION_NOT_APPROVED: "Not approved",
  DESTRUCTION_INCOMPLETE: "Incomplete",
  ERASURE_NOT_APPROVED: "Not approved",
  READER_NOT_NAMED: "Nobody named",
  READER_UNKNOWN: "Reader unknown",
  READER_RETIRED: "Reader retired",
  ROLE_NOT_HELD: "Role not held",
  BREAK_GLASS: "Emergency access",
  READ_REFUSED: "Refused",
  RECORDED_AFTERWARDS: "Recorded afterwards",
};

/** Sentences that replace the contract's, which are English already. */
export const findings: Readonly<Record<string, string>> = {};
