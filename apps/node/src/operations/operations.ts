// Everything that a node's people do besides taking in and looking up: who belongs to it, what is kept how long, corrected, forgotten, backed up.
import type { Role } from "@fiducial/contract";
import { type Backup, type BackupOptions, backUp } from "./backup.ts";
import { type BackupRecord, backupRecords } from "./backup-records.ts";
import {
  type Correction,
  type CorrectionPlan,
  completeCorrection,
  correct,
  planCorrection,
  type RightPatient,
} from "./correct.ts";
import { type Destruction, type DestructionReason, destroy, planDestruction } from "./destroy.ts";
import { addDevice, type Device, type DeviceDescription, listDevices } from "./devices.ts";
import { type Drafts, draftsOf } from "./drafting.ts";
import { type Erasure, forget, planForgetting, subjectOf } from "./forget.ts";
import { type NewHold, placeHold, type ReleasedHold, releaseHold, type StudyAct, setRetention } from "./keeping.ts";
import type { KeyFile, MemberKey } from "./key-file.ts";
import {
  addMember,
  grantRole,
  type KeyEnd,
  listMembers,
  type Member,
  type NewMember,
  ownKey,
  readmitMember,
  recoverMember,
  revokeMember,
  rotateKey,
  withdrawRole,
} from "./members.ts";
import { patientOf } from "./patient-of-study.ts";
import { type People, peopleOf } from "./people.ts";
import type { Site } from "./site.ts";
import { addSoftware, addSoftwareKey, retireSoftware, type SoftwareKey } from "./software.ts";
import {
  draftNew,
  type NewStatement,
  type Signing,
  type StatedEntry,
  type StatementDraft,
  stateNew,
} from "./stating.ts";

type Keys = readonly MemberKey[];

/** A node's operations. Each rejects with the contract's code when the ledger refuses it, and then has changed nothing. */
export interface Operations {
  readonly members: {
    add(member: NewMember, keyFile: KeyFile): Promise<Member>;
    readmit(member: NewMember, keyFile: KeyFile): Promise<Member>;
    list(options?: { readonly names?: boolean }): Promise<Member[]>;
    grant(actor: string, role: Role): Promise<Member>;
    withdraw(actor: string, role: Role): Promise<Member>;
    revoke(actor: string, end: KeyEnd, retire?: boolean): Promise<Member>;
    rotate(keyFile: KeyFile, passphrase?: string): Promise<Member>;
    recover(actor: string, keyFile: KeyFile, administrators: Keys): Promise<Member>;
    /** Opens a member's key, to approve something with. */
    key(keyFile: KeyFile): Promise<MemberKey>;
  };
  /** Those who sign in. */
  readonly people: People;
  /** Statements that people sign with passkeys. */
  readonly drafts: Drafts;
  /** Machines that may ask. */
  readonly software: {
    add(name: string): Promise<string>;
    /** A key of its own, with which a machine states things itself. */
    addKey(actor: string, keyFile: KeyFile): Promise<SoftwareKey>;
    retire(actor: string): Promise<void>;
  };
  readonly devices: {
    add(device: DeviceDescription): Promise<string>;
    list(): Promise<Device[]>;
  };
  /** The handle of a patient. Throws SUBJECT_UNKNOWN, SUBJECT_AMBIGUOUS. */
  subjectOf(patient: { readonly patientId: string; readonly issuer?: string }): string;
  /** Whom a study is of, as far as the vault can tell. */
  patientOf(study: string): ReturnType<typeof patientOf>;
  planForgetting(subject: string): ReturnType<typeof planForgetting>;
  forget(subject: string, approvers: Keys): Promise<Erasure>;
  planDestruction(studies: readonly string[]): ReturnType<typeof planDestruction>;
  destroy(studies: readonly string[], reason: DestructionReason, approvers: Keys): Promise<Destruction>;
  placeHold(hold: NewHold, approvers: Keys): ReturnType<typeof placeHold>;
  releaseHold(hold: ReleasedHold, approvers: Keys): ReturnType<typeof releaseHold>;
  setRetention(retention: Parameters<typeof setRetention>[1], approvers: Keys): Promise<StudyAct>;
  planCorrection(study: string): Promise<CorrectionPlan>;
  correct(study: string, to: RightPatient, approvers: Keys): Promise<Correction>;
  completeCorrection(study: string, approvers: Keys): ReturnType<typeof completeCorrection>;
  /** What stating something would come to. */
  draft(statement: NewStatement, signing: Signing): Promise<StatementDraft>;
  /** States what no other operation states. */
  state(statement: NewStatement, signing: Signing): Promise<StatedEntry>;
  backUp(folder: string, options?: BackupOptions): Promise<Backup>;
  backups(): readonly BackupRecord[];
}

/** Offers the operations of a node. */
export function operationsOf(site: Site): Operations {
  return {
    members: {
      add: (member, keyFile) => addMember(site, member, keyFile),
      readmit: (member, keyFile) => readmitMember(site, member, keyFile),
      list: (options) => listMembers(site, options),
      grant: (actor, role) => grantRole(site, actor, role),
      withdraw: (actor, role) => withdrawRole(site, actor, role),
      revoke: (actor, end, retire) => revokeMember(site, actor, end, retire),
      rotate: (keyFile, passphrase) => rotateKey(site, keyFile, passphrase),
      recover: (actor, keyFile, administrators) => recoverMember(site, actor, keyFile, administrators),
      key: (keyFile) => ownKey(site, keyFile),
    },
    people: peopleOf(site),
    drafts: draftsOf(site),
    software: {
      add: (name) => addSoftware(site, name),
      addKey: (actor, keyFile) => addSoftwareKey(site, actor, keyFile),
      retire: (actor) => retireSoftware(site, actor),
    },
    devices: { add: (device) => addDevice(site, device), list: () => listDevices(site) },
    subjectOf: (patient) => subjectOf(site, patient),
    patientOf: (study) => patientOf(site, study),
    planForgetting: (subject) => planForgetting(site, subject),
    forget: (subject, approvers) => forget(site, subject, approvers),
    planDestruction: (studies) => planDestruction(site, studies),
    destroy: (studies, reason, approvers) => destroy(site, studies, reason, approvers),
    placeHold: (hold, approvers) => placeHold(site, hold, approvers),
    releaseHold: (hold, approvers) => releaseHold(site, hold, approvers),
    setRetention: (retention, approvers) => setRetention(site, retention, approvers),
    planCorrection: (study) => planCorrection(site, study),
    correct: (study, to, approvers) => correct(site, study, to, approvers),
    completeCorrection: (study, approvers) => completeCorrection(site, study, approvers),
    draft: (statement, signing) => draftNew(site, statement, signing),
    state: (statement, signing) => stateNew(site, statement, signing),
    backUp: (folder, options) => backUp(site, folder, options),
    backups: () => backupRecords(site.folder.path),
  };
}
