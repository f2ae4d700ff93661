// What travels between the intake and its fingerprint workers.
import type { FingerprintedObject } from "@fiducial/dicom";

/** The object store in which what is fingerprinted is kept. */
export interface KeepIn {
  readonly folder: string;
  /** True when the file lies in the store's incoming folder already; else a copy is made. */
  readonly received: boolean;
}

/** A file to fingerprint, and where to keep it, if it is to be kept. */
export interface FingerprintRequest {
  readonly task: number;
  readonly path: string;
  readonly keep?: KeepIn;
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
