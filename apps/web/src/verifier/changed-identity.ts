// Whether a file says otherwise than was registered whose image it is. docs/formats/fingerprints.md § Comparison.
import type { NamedChange, ReceiptCheck } from "@fiducial/dicom";

/** `patient`: Patient's Name or ID are others; `other`: the patient is left out or described otherwise, or study, series, order or device are others. */
export interface ChangedIdentity {
  readonly of: "patient" | "other";
  /** What differs of class identity; of `patient` those two alone. */
  readonly changes: readonly NamedChange[];
}

/** Returns undefined where no attribute of class identity differs, or where it cannot be told. */
export function changedIdentity({ attributes }: ReceiptCheck): ChangedIdentity | undefined {
  const changes = attributes?.changes.filter((change) => change.class === "identity") ?? [];
  if (changes.length === 0) return undefined;
  const ofPatient = changes.filter(namesAnother);
  return ofPatient.length > 0 ? { of: "patient", changes: ofPatient } : { of: "other", changes };
}

// Whoever empties a name says no other.
function namesAnother({ path, change, inFile = "" }: NamedChange): boolean {
  return change === "changed" && (path === "0010,0010" || path === "0010,0020") && inFile.trim() !== "";
}
