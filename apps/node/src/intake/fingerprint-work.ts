// What travels between the pool and its fingerprint workers.
import type { FingerprintedObject } from "@fiducial/dicom";

/** The object store in which what is fingerprinted is kept. */
export interface KeepIn {
  readonly folder: string;
  /** True when the file lies in the store's incoming folder already; else a copy is made. */
  readonly received: boolean;
}

/** What is wanted of a file: its whole fingerprint, and to keep it, or no more than the digest of its bytes. */
export type FileRequest = { readonly path: string } & (
  | { readonly want: "fingerprint"; readonly keep?: KeepIn }
  | { readonly want: "digest" }
);

/** Requests that travel together: what is quickly done is not worth a message each. Null asks the worker to end. */
export interface RequestBatch {
  /** A number of its own. Batches are begun in the order of their numbers, and may be answered in another. */
  readonly batch: number;
  readonly requests: readonly FileRequest[];
}

/** What came of them, in their order. */
export interface ResponseBatch {
  readonly batch: number;
  readonly responses: readonly FileResponse[];
}

/** What came of one. Nothing here but `object` holds patient data. */
export type FileResponse =
  | { readonly object: SaltedObject }
  | { readonly digest: string }
  | { readonly refused: RefusedFile };

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
