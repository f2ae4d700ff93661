// The names of what a fingerprint is made of, each with its version. docs/formats/fingerprints.md.

/** The name under which each digest is recorded. A rule that changes takes a new name, and old digests keep theirs. */
export const schemes = {
  /** SHA-256 of the exact bytes. */
  file: "fiducial-file-v1",
  /** Merkle root over the frames as encoded. */
  frames: "fiducial-frames-v1",
  /** SHA-256 over the canonical header and the frames root. */
  dataset: "fiducial-dataset-v1",
  /** Merkle root over the frames as decoded samples. */
  pixels: "fiducial-pixels-v1",
  /** Salted SHA-256 of one canonical attribute. */
  attribute: "fiducial-attribute-v1",
  /** SHA-256 of the key of those salts. */
  attributeSalt: "fiducial-attribute-salt-v1",
  /** Which changed attributes are harmless. */
  coercible: "fiducial-coercible-v1",
} as const;
