// Status codes of C-STORE and C-ECHO. DICOM PS3.7 Annex C, PS3.4 § B.2.3.

/** The codes that this house answers with. */
export const statuses = {
  success: 0x0000,
  /** The SOP class of the command is not that of the presentation context. */
  sopClassNotSupported: 0x0122,
  /** A UID in the command is missing or none. PS3.7 § C.5. */
  invalidSopInstance: 0x0117,
  unrecognizedOperation: 0x0211,
  outOfResources: 0xa700,
  dataSetMismatch: 0xa900,
  /** A warning: the object is stored, and its data set does not match. */
  storedMismatch: 0xb007,
  cannotUnderstand: 0xc000,
} as const;

/** One of them. */
export type Status = (typeof statuses)[keyof typeof statuses];

/** Tells whether an object with this status is stored: success or a warning. PS3.4 § B.2.3. */
export function isStored(status: number): boolean {
  return status === 0 || (status & 0xf000) === 0xb000 || status === 0x0001 || status === 0x0107 || status === 0x0116;
}
