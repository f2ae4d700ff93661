// The door of ledger: orderings, replica, store, log.

export { type AuditResult, audit } from "./audit/audit.ts";
export { type AuditFinding, type AuditOptions, auditFindings, type Bad } from "./audit/findings.ts";
export { asLedgerError, LedgerError, type LedgerErrorCode, ledgerErrors } from "./ledger-error.ts";
export { type LogReader, logReader } from "./log/log-reader.ts";
export { checkHighWater, type HighWater, type Publication, type Published, publication } from "./log/publication.ts";
export { openWitness, type Witness, type WitnessedOrigin } from "./log/witness.ts";
export { type Post, startWitnessing, type Witnessing, type WitnessPeer, type WitnessState } from "./log/witnessing.ts";
export { localOrdering } from "./ordering/local/local-ordering.ts";
export { type MemoryOrdering, memoryOrdering } from "./ordering/memory/memory-ordering.ts";
export type { AppliedState, Clock, OrderedBatch, Ordering, OrderPosition, SignedStatement } from "./ordering/port.ts";
export {
  type CommitListener,
  type Committed,
  type Replica,
  type ReplicaOptions,
  startReplica,
} from "./replica/replica.ts";
export { checkOf, type DecidedEntry, type Outcome } from "./replica/sequencer.ts";
export { putAwayStore } from "./store/schema.ts";
export { differencePath } from "./store/seal.ts";
export { type Batch, type Head, openStore, type RefusalRow, type Store, type StoreOptions } from "./store/store.ts";
export {
  type Examined,
  type ExaminedStatement,
  type VerificationPool,
  verificationPool,
} from "./verification/pool.ts";
export { expandEd25519Seed, signEd25519, sodiumBackend } from "./verification/sodium-backend.ts";
