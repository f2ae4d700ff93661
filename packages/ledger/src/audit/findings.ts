// What an audit looks at, and what it can find.
import type { Contract } from "@fiducial/contract";
import type { SignatureVerifiers, VerifierKey } from "@fiducial/core";
import type { Store } from "../store/store.ts";
import type { VerificationPool } from "../verification/pool.ts";

/** What an audit can find, in the order in which it looks. */
export const auditFindings = {
  STORE_DAMAGED: "The database file is damaged.",
  ENTRY_MISSING: "An entry is not there.",
  ENTRY_MALFORMED: "An entry is not in its one exact form.",
  ENTRY_REPEATED: "A statement is in the log twice.",
  ENTRY_NOT_INDEXED: "An entry is not found by its statement id.",
  TIME_GOES_BACK: "An entry was recorded before the one before it.",
  SIGNATURE_INVALID: "A signature does not verify.",
  VERDICT_DIFFERS: "The contract, run again, decides otherwise.",
  TILE_DIFFERS: "A tile does not hold the hashes of the entries.",
  ROOT_DIFFERS: "The tree's root is another than the entries lead to.",
  STATE_DIGEST_DIFFERS: "The contract, run again, leads to another state.",
  ENTRY_SURPLUS: "An entry lies beyond the end of the log.",
  REFUSAL_DIFFERS: "The refusals are others than were written.",
  INDEX_DIFFERS: "An index of the database does not lead to its rows, or leads elsewhere as well.",
  STATE_ROW_DIFFERS: "A row of the contract's state is another than the entries lead to.",
  CHECKPOINT_DIFFERS: "A checkpoint is malformed, badly signed, or not of this tree.",
  FILE_DIFFERS: "The database file was changed while no program had it open.",
  PROJECTION_DIFFERS: "The read model, built again, is another than the one in use.",
  VAULT_CORRUPT: "The vault contradicts itself: it is damaged, or somebody changed it.",
  OBJECT_MISSING: "An object that was registered is not in the store.",
  OBJECT_DIFFERS: "A stored object is not the bytes that were received.",
} as const;
export type AuditFinding = keyof typeof auditFindings;

/** The first thing that does not hold. `index` is the entry it concerns, or null when no single entry can be named. */
export interface Bad {
  readonly index: number | null;
  readonly code: AuditFinding;
  /** Digest of the object it concerns, hex, when it is one. */
  readonly object?: string;
}

export interface AuditOptions {
  readonly store: Store;
  readonly contracts: readonly Contract[];
  readonly verification: VerificationPool;
  readonly logKeys: readonly VerifierKey[];
  /** Cosigners whose signatures on checkpoints are looked at too; those of others are passed over. */
  readonly cosignerKeys?: readonly VerifierKey[];
  readonly verifiers: SignatureVerifiers;
  readonly progress?: (done: number, total: number) => void;
}
