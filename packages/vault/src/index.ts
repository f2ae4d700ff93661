// The door of the vault: what other packages may use.

export type { Forgotten } from "./erasure/destruction.ts";
export type { Standing, StandingCounts } from "./erasure/orphans.ts";
export type { RecordedErasures } from "./erasure/recorded-erasures.ts";
export type { Staying } from "./erasure/subject-correction.ts";
export { type Command, type CommandProtectorOptions, commandProtector } from "./keyring/command-protector.ts";
export { environmentProtector, nodeKeyVariable } from "./keyring/environment-protector.ts";
export { createNodeKey, fileProtector } from "./keyring/file-protector.ts";
export type { HighWaterMark, SignedHead } from "./keyring/high-water.ts";
export { type Keyring, openKeyring, type SecretName } from "./keyring/keyring.ts";
export type { KeyProtector } from "./keyring/protector.ts";
export type { SecretSigner } from "./keyring/signer.ts";
export {
  exampleSchedule,
  type RetentionDate,
  type RetentionEnd,
  type RetentionFacts,
  type RetentionRule,
  retentionEnd,
} from "./retention.ts";
export type { HeaderCollection } from "./statements/header-collection.ts";
export type { ObjectKey, ObjectMark } from "./statements/objects.ts";
export type { StatementPart } from "./statements/parts.ts";
export type { Holder, HolderKind, HolderOf } from "./subjects/holders.ts";
export type { StudyLabels } from "./subjects/studies.ts";
export type { PatientIdentity } from "./subjects/subjects.ts";
export { openVault, type Vault, type VaultOptions } from "./vault.ts";
export { VaultError, type VaultErrorCode, type VaultErrorData, vaultErrors } from "./vault-error.ts";
export type { FoundStudy, ObjectVersion, StatementDisclosures, StudyCriterion, VaultReader } from "./vault-reader.ts";
export type { VaultWriter } from "./vault-writer.ts";
