// The door of core: what other packages may use.

export { keyedHash, sha256 } from "#sha256";
export {
  type Checkpoint,
  formatCheckpoint,
  formatSignedCheckpoint,
  parseCheckpoint,
  parseSignedCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
} from "./checkpoint/checkpoint.ts";
export { cosign, decodeCosignature } from "./checkpoint/cosignature.ts";
export {
  formatLogProof,
  type LogProof,
  parseLogProof,
} from "./checkpoint/log-proof.ts";
export {
  formatNote,
  formatSignatureLines,
  type NoteSignature,
  type NoteSigner,
  parseNote,
  parseSignatureLines,
  type SignedNote,
  signNote,
  withSignatures,
} from "./checkpoint/note.ts";
export {
  type SignatureVerifiers,
  signatureVerifiers,
  type VerifiedSignature,
  type VerifySignature,
  verifyNote,
} from "./checkpoint/note-verification.ts";
export {
  formatPolicy,
  type Policy,
  type PolicyGroup,
  type PolicyLog,
  type PolicyWitness,
  parsePolicy,
} from "./checkpoint/policy.ts";
export {
  isQuorum,
  type PolicyVerdict,
  policyKeys,
  verifyCheckpoint,
  type WitnessMark,
  weighSignatures,
} from "./checkpoint/quorum.ts";
export {
  formatVerifierKey,
  parseVerifierKey,
  type SignatureType,
  type VerifierKey,
  verifierKey,
} from "./checkpoint/verifier-key.ts";
export {
  acceptCosignatures,
  decideAddCheckpoint,
  type WitnessDecision,
  type WitnessedLog,
} from "./checkpoint/witness-decision.ts";
export {
  type AddCheckpointAnswer,
  type AddCheckpointRequest,
  formatAddCheckpoint,
  formatAddCheckpointAnswer,
  monitoringPath,
  parseAddCheckpoint,
  parseAddCheckpointAnswer,
  type WitnessHttpAnswer,
} from "./checkpoint/witness-protocol.ts";
export { CoreError, type CoreErrorCode, coreErrors } from "./core-error.ts";
export {
  compareBytes,
  concat,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
  utf8Decode,
} from "./encoding/bytes.ts";
export {
  CanonicalJsonError,
  canonicalJson,
  compareNames,
  isJsonObject,
  type Json,
  type JsonObject,
  parseCanonicalJson,
} from "./encoding/canonical-json.ts";
export {
  type DeclaredKey,
  declaredKeyFault,
  keyIdOf,
  publicKeyFromDeclared,
} from "./identity/declared-key.ts";
export { type ChainActor, type ChainedSigner, type ChainFault, followKeyChain } from "./identity/key-chain.ts";
export {
  type Manifest,
  type ManifestItem,
  type ManifestProof,
  type ManifestProver,
  manifestOf,
  manifestProver,
  proveManifestItem,
  verifyManifestItem,
} from "./manifest/manifest.ts";
export { proveConsistency, verifyConsistency } from "./merkle/consistency-proof.ts";
export { decodeEntryBundle, encodeEntryBundle } from "./merkle/entry-bundle.ts";
export { emptyRoot, leafHash, nodeHash } from "./merkle/hashes.ts";
export { type InclusionProof, proveInclusion, rootByInclusion, verifyInclusion } from "./merkle/inclusion-proof.ts";
export type { HashReader } from "./merkle/node.ts";
export { consistencyTiles, inclusionTiles } from "./merkle/proof-tiles.ts";
export type { TileGrowth } from "./merkle/tile-growth.ts";
export { tileReader } from "./merkle/tile-reader.ts";
export {
  entryBundlePath,
  parseTilePath,
  type Tile,
  type TileResource,
  tileAt,
  tileOfNode,
  tilePath,
  tileWidth,
  treeTiles,
} from "./merkle/tiles.ts";
export {
  appendLeaf,
  appendLeaves,
  decodeTreeEdge,
  emptyEdge,
  encodeTreeEdge,
  merkleRoot,
  readTreeEdge,
  type TreeEdge,
  type TreeHead,
  treeRoot,
} from "./merkle/tree.ts";
export {
  formatReceipt,
  longestReceipt,
  type ProvedEntry,
  type ProvedObject,
  parseReceipt,
  type Receipt,
  receiptFormat,
} from "./receipt/receipt.ts";
export { formatTrustPolicy, parseTrustPolicy, type TrustPolicy } from "./receipt/trust-policy.ts";
export {
  type ReceiptStep,
  type ReceiptVerification,
  type Reservation,
  receiptSteps,
  type StepResult,
  verifyReceipt,
} from "./receipt/verify-receipt.ts";
export { precheckEd25519 } from "./signature/ed25519-rule.ts";
export { derToLowS, fromSpki, rawToDer, toSpki } from "./signature/key-encodings.ts";
export { nobleBackend } from "./signature/noble-backend.ts";
export { precheckP256 } from "./signature/p256-rule.ts";
export {
  type KeyAlgorithm,
  keyId,
  type PublicKey,
  type SignatureAlgorithm,
  schemeOf,
  type WebAuthnParameters,
} from "./signature/public-key.ts";
export { checkRegistrableKey, type KeyFault, keyFaults } from "./signature/registrable-key.ts";
export { publicKeyOf, type SecretKey, signMessage } from "./signature/signing.ts";
export { type SignatureBackend, verifySignature } from "./signature/verification.ts";
export { type Assertion, type AssertionFault, assertionFaults, verifyAssertion } from "./signature/webauthn.ts";
export { commitment, commitmentLabel, type Disclosure, opens, saltOf } from "./statement/commitment.ts";
export { type Draft, type SealedDraft, type StatementSigner, seal, sign } from "./statement/draft.ts";
export {
  type Entry,
  formatEntries,
  formatEntry,
  largestEntryBytes,
  parseEntry,
  type UnwrittenEntry,
} from "./statement/entry.ts";
export {
  type EnvelopeFault,
  envelopeFaults,
  formatEnvelope,
  largestEnvelopeBytes,
  originDigest,
  parseStatement,
  payloadType,
  preAuthenticationEncoding,
  type Signature,
  type Statement,
  statementId,
} from "./statement/envelope.ts";
export {
  type ActorId,
  type Basis,
  type Capacity,
  type Content,
  contentOf,
  isHex,
  isOrigin,
  type KeyId,
  payloadOf,
  readContent,
  type Signer,
  type StatementId,
  type SupersedingReason,
} from "./statement/payload.ts";
export { readContentText } from "./statement/payload-text.ts";
export { formatUtcTime, type OffsetTime, offsetTimeMs, type UtcTime, utcTimeMs } from "./statement/time.ts";
export { verifyStatementSignature } from "./statement/verification.ts";
