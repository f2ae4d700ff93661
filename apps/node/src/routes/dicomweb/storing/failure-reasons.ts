// Why an object was not stored, as DICOM numbers it. DICOM PS3.18 § I.2.2, PS3.4 § B.2.3.

/** Failure Reason (0008,1197). */
const failureReasons = {
  processingFailure: 0x0110,
  notAuthorized: 0x0124,
  outOfResources: 0xa700,
  doesNotMatchSopClass: 0xa900,
  cannotUnderstand: 0xc000,
} as const;

/** Returns the failure reason for a code with which an object was refused, or receiving it failed. */
export function failureReasonOf(code: string): number {
  return byCode[code] ?? failureReasons.processingFailure;
}

const { outOfResources, cannotUnderstand } = failureReasons;

// An object that the reader refuses is one that is not understood; a code that is not here is a failure of the node's own.
const byCode: Readonly<Record<string, number>> = {
  OBJECT_NO_ROOM: outOfResources,
  DISK_FULL: outOfResources,
  VAULT_FULL: outOfResources,
  HEADER_TOO_LARGE: outOfResources,
  TOO_MANY_FRAMES: outOfResources,
  DEFLATE_BOMB: outOfResources,
  EMPTY_FILE: cannotUnderstand,
  NOT_DICOM: cannotUnderstand,
  IS_DIRECTORY: cannotUnderstand,
  TRUNCATED: cannotUnderstand,
  LENGTH_BEYOND_END: cannotUnderstand,
  MALFORMED_ELEMENT: cannotUnderstand,
  MALFORMED_SEQUENCE: cannotUnderstand,
  MALFORMED_PIXEL_DATA: cannotUnderstand,
  SEVERAL_PIXEL_DATA: cannotUnderstand,
  NESTED_TOO_DEEP: cannotUnderstand,
  DEFLATE_MALFORMED: cannotUnderstand,
  NO_SOP_INSTANCE_UID: cannotUnderstand,
  UID_MALFORMED: cannotUnderstand,
  STUDY_UID_DIFFERS: failureReasons.doesNotMatchSopClass,
};
