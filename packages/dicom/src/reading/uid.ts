// Unique identifiers. DICOM PS3.5 § 9.1.

/** Tells whether `text` is a UID: digits and dots, at most 64. Leading zeros in a component, which some systems write, are let pass. */
export function isUid(text: string): boolean {
  return /^\d+(?:\.\d+)*$/.test(text) && text.length <= 64;
}
