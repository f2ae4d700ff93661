// What travels between the intake and its fingerprint workers.
import type { FingerprintedObject } from "@fiducial/dicom";

/** A file to fingerprint; with a store, a copy of it is kept there. */
export interface FingerprintRequest {
  readonly task: number;
  readonly path: string;
  readonly store?: string;
}

/** What came of it. Nothing here but `object` holds patient data. */
export type FingerprintResponse =
  | { readonly task: number; readonly object: SaltedObject }
  | { readonly task: number; readonly refused: RefusedFile };

/** A fingerprinted object with its attributes digested under a random key of their own. */
export interface SaltedObject extends FingerprintedObject {
  /** The key of the attributes' salts: 32 bytes, kept in the vault beside the header. */
  readonly attributeSalt: Uint8Array;
  /** Merkle root over the salted digests, hex. */
  readonly attributes: string;
}

/** Why a file was not taken. */
export interface RefusedFile {
  readonly code: string;
  readonly message: string;
}
