// Why objects are rejected: the key object document titles of IHE RAD TF-3 § 4.66 (IOCM), DICOM PS3.16 CID 7010.

/** DCM code and meaning of each reason. */
export const rejectionReasons = {
  quality: { code: "113001", meaning: "Rejected for Quality Reasons" },
  "patient-safety": { code: "113037", meaning: "Rejected for Patient Safety Reasons" },
  "wrong-worklist-entry": { code: "113038", meaning: "Incorrect Modality Worklist Entry" },
  "retention-expired": { code: "113039", meaning: "Data Retention Policy Expired" },
} as const satisfies Readonly<Record<string, { readonly code: string; readonly meaning: string }>>;

export type RejectionReason = keyof typeof rejectionReasons;
