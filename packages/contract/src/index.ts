// The door of the contract: what other packages may use.

export {
  type ReadAction,
  type ReaderType,
  type ReadThing,
  readActions,
  readerTypes,
  readPerformed,
  readThings,
} from "./access/read-performed-1.ts";
export { codeTables, findingOf, refusalOf } from "./codes.ts";
export { ContractError, type ContractErrorCode, contractErrors } from "./contract-error.ts";
export { actorRegistered } from "./identity/actor-registered-1.ts";
export { actorRetired } from "./identity/actor-retired-1.ts";
export { contractActivated } from "./identity/contract-activated-1.ts";
export { keyCompromised } from "./identity/key-compromised-1.ts";
export { keyRecovered } from "./identity/key-recovered-1.ts";
export { keyRegistered } from "./identity/key-registered-1.ts";
export { keyRevoked } from "./identity/key-revoked-1.ts";
export { keyRotated } from "./identity/key-rotated-1.ts";
export { logCreated } from "./identity/log-created-1.ts";
export { logSealed } from "./identity/log-sealed-1.ts";
export { organizationRegistered } from "./identity/organization-registered-1.ts";
export { roleGranted } from "./identity/role-granted-1.ts";
export { roleWithdrawn } from "./identity/role-withdrawn-1.ts";
export { statementDisputed } from "./identity/statement-disputed-1.ts";
export { correctionCompleted } from "./imaging/correction-completed-1.ts";
export { correctionNotified } from "./imaging/correction-notified-1.ts";
export { type CorrectionRow, correctionOf } from "./imaging/corrections.ts";
export { destructionApproved } from "./imaging/destruction-approved-1.ts";
export { erasureApproved } from "./imaging/erasure-approved-1.ts";
export { erasureExecuted } from "./imaging/erasure-executed-1.ts";
export { type ErasureRow, erasureOf } from "./imaging/erasures.ts";
export { holdPlaced } from "./imaging/hold-placed-1.ts";
export { holdReleased } from "./imaging/hold-released-1.ts";
export { type RejectionReason, rejectionReasons } from "./imaging/rejection-reasons.ts";
export { retentionSet } from "./imaging/retention-set-1.ts";
export { studyDerived } from "./imaging/study-derived-1.ts";
export { studyDestroyed } from "./imaging/study-destroyed-1.ts";
export { studyExtended } from "./imaging/study-extended-1.ts";
export { studyRegistered } from "./imaging/study-registered-1.ts";
export { studyRejected } from "./imaging/study-rejected-1.ts";
export { studyTransferred } from "./imaging/study-transferred-1.ts";
export { studyVerified } from "./imaging/study-verified-1.ts";
export { subjectCorrected } from "./imaging/subject-corrected-1.ts";
export { activeContract, contractFor } from "./kernel/active-contract.ts";
export type { Finding, KernelFinding, KernelRefusal, Refusal } from "./kernel/codes.ts";
export type { Contract } from "./kernel/contract.ts";
export {
  decide,
  type Ordered,
  type SignatureCheck,
  type StatementFacts,
  signedAheadMs,
  type Verdict,
} from "./kernel/decide.ts";
export {
  type ActorRow,
  type ActorType,
  actorTypes,
  type ContractReference,
  directory,
  type KeyRow,
  type LogRow,
  type OrganizationRow,
  type Party,
  type RevocationReason,
  type Role,
  roles,
} from "./kernel/directory.ts";
export { type DraftFields, draftOf, type Given } from "./kernel/draft.ts";
export { PurposeOfUse } from "./kernel/fields.ts";
export { type Context, type Decision, type Home, type Kind, longestGoodHours, type Nature } from "./kernel/kind.ts";
export { type MemoryState, memoryState } from "./kernel/memory-state.ts";
export { isParty, type SignerFacts } from "./kernel/parties.ts";
export { type OrderedStatement, type Replay, replay } from "./kernel/replay.ts";
export {
  advanceStateDigest,
  emptyStateDigest,
  type State,
  type StatementRow,
  type Write,
  withWrites,
} from "./kernel/state.ts";
export { type StudyRow, studyOf } from "./kernel/studies.ts";
export { contracts, newestContract } from "./versions/contracts.ts";
export { type KindEntry, vocabulary } from "./vocabulary.ts";
