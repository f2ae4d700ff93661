// What goes wrong in core: malformed input and proofs that do not hold. A refusal by the contract is a value and not here.

/** Every code of core, with the sentence an operator reads. Sorted by room, then by name. */
export const coreErrors = {
  // merkle
  ENTRY_BUNDLE_MALFORMED: "The bytes are not the entry bundle they should be.",
  ENTRY_TOO_LONG: "An entry is longer than 65,535 bytes.",
  HASH_LENGTH_WRONG: "A hash is not 32 bytes long.",
  INDEX_OUT_OF_TREE: "The index is not below the tree size.",
  PROOF_LENGTH_WRONG: "The proof has more or fewer hashes than its index and sizes ask for.",
  ROOT_MISMATCH: "The proof leads to another root hash.",
  SIZE_OUT_OF_RANGE: "A tree size is not an integer in the range allowed here.",
  TILE_MALFORMED: "The bytes are not the hash tile they should be.",
  TILE_MISSING: "A hash tile that the tree needs is not there.",
  TILE_PATH_MALFORMED: "The path names no tile and no entry bundle.",
  TREE_EDGE_MALFORMED: "The bytes are not the right edge of a tree.",
  // checkpoint
  CHECKPOINT_MALFORMED: "The text is not a checkpoint.",
  COSIGNATURE_MALFORMED: "A cosignature is not a time and a signature.",
  LOG_PROOF_MALFORMED: "The text is not a log proof.",
  NOTE_MALFORMED: "The text is not a signed note.",
  NOTE_SIGNATURE_INVALID: "A signature by a known key does not verify.",
  NOTE_TOO_LARGE: "The note is longer, or has more signatures, than this verifier reads.",
  NOTE_UNSIGNED: "No known key has signed the note.",
  POLICY_MALFORMED: "The text is not a log policy.",
  SIGNATURE_TYPE_UNSUITED: "A key of this signature type does not serve this purpose.",
  VERIFIER_KEY_MALFORMED: "The text is not a verifier key.",
  VERIFIER_MISSING: "No verifier was given for this signature algorithm.",
  WITNESS_MESSAGE_MALFORMED: "The text is not the witness request or answer it should be.",
  // identity
  DECLARED_KEY_MALFORMED: "The declared public key is not canonical base64.",
  // identity
  CHAIN_KEY_OF_OTHER_ACTOR: "A key in the chain belongs to another actor than the one that signs with it.",
  CHAIN_KEY_UNKNOWN: "The key chain does not show where a signing key comes from.",
  CHAIN_ORGANIZATION_DIFFERS: "A signer in the chain signs for another organization than its own.",
  CHAIN_OUT_OF_ORDER: "The entries of the key chain are not in the order of the log.",
  CHAIN_SIGNATURE_INVALID: "A signature in the key chain, or on the statement, does not verify.",
  CHAIN_SIGNER_NOT_ENTITLED:
    "An entry of the key chain is signed by somebody who may not register keys, actors or roles.",
  CHAIN_WITHOUT_GENESIS: "The key chain does not begin with the log's first entry.",
  // receipt
  CHECKPOINT_OF_OTHER_LOG: "The checkpoint is of another log than the statement names.",
  DISCLOSURE_DOES_NOT_OPEN: "A disclosed value is not what the statement committed to.",
  ENTRY_MALFORMED: "The bytes are not an entry in its one exact form.",
  GENESIS_NOT_TRUSTED: "The log's first entry is not the one that the policy names.",
  LOG_NOT_TRUSTED: "No log key of the policy has signed the checkpoint.",
  OBJECT_NOT_IN_MANIFEST: "A disclosed object is not in the statement's manifest.",
  POLICY_OF_OTHER_LOG: "The policy names other logs than the receipt is of.",
  QUORUM_NOT_MET: "Fewer cosigners than the policy asks for have signed the checkpoint.",
  RECEIPT_MALFORMED: "The file is not a receipt in its one exact form.",
  TRUST_POLICY_MALFORMED: "The file is not a trust policy.",
  // signature
  SECRET_KEY_MALFORMED: "The secret key is not a 32-byte seed or a P-256 scalar in range.",
} as const;

/** Names what went wrong. */
export type CoreErrorCode = keyof typeof coreErrors;

/** What an error may tell besides its code: the line of a file made by hand, counted from 1, and the error beneath. */
export interface CoreErrorDetail extends ErrorOptions {
  readonly line?: number;
}

/** Thrown by core for malformed input and broken proofs; the code says which. */
export class CoreError extends Error {
  readonly code: CoreErrorCode;
  readonly line: number | undefined;

  constructor(code: CoreErrorCode, detail: CoreErrorDetail = {}) {
    super(detail.line === undefined ? coreErrors[code] : `${coreErrors[code]} Line ${detail.line}.`, detail);
    this.name = "CoreError";
    this.code = code;
    this.line = detail.line;
  }
}
