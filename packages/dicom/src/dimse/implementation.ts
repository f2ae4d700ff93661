// What this implementation calls itself in associations and files. DICOM PS3.7 § D.3.3.2, PS3.10 § 7.1.

/** The same in every release, so that an object sent twice makes the same file. */
export const implementation = {
  classUid: "2.25.225445188868735049806419632184825718727",
  versionName: "FIDUCIAL",
} as const;
