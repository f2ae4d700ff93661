// What can be written to a vault, inside one transaction.
import type { JsonObject, PublicKey, SignatureAlgorithm } from "@fiducial/core";
import { correctSubject, type Staying } from "./erasure/subject-correction.ts";
import type { Rooms } from "./rooms.ts";
import type { StatementPart } from "./statements/parts.ts";
import type { Holder } from "./subjects/holders.ts";
import type { StudyLabels } from "./subjects/studies.ts";
import type { PatientIdentity, SubjectNames } from "./subjects/subjects.ts";

/** The writing side of a vault. All methods are synchronous, throw VaultError, and count only once the transaction is durable. */
export interface VaultWriter {
  /** The patient's handle, a new one at first. The same id given by two issuers is two subjects. */
  subjectOf(patient: PatientIdentity): string;
  /** The handle that stands for whoever a study without patient id is of. */
  anonymousSubject(studyUid: string): string;
  /** The handle of a member of staff, product or device: names are kept per actor, so that each can be forgotten. */
  actorSubject(actor: string): string;
  /** The handle under which the organization keeps what is about nobody. */
  organizationSubject(): string;
  /** The handle of the subject's study with that UID, a new one at first. */
  studyOf(
    studyUid: string,
    subject: string,
    labels?: StudyLabels,
  ): { readonly handle: string; readonly isNew: boolean };
  /** Keeps what belongs to a statement. Nothing is ever overwritten. */
  keep(part: StatementPart): void;
  /** Keeps (and replaces) the name record of a subject. */
  putName(subject: string, name: JsonObject): void;
  /** Keeps (and replaces) an actor's name record. */
  putActor(actor: string, name: JsonObject): void;
  /** The public key by which a patient signs in one scope (a log, a trial): a new one at first. */
  scopeKey(subject: string, scope: string, algorithm?: SignatureAlgorithm): PublicKey;
  /** Records that somebody holds a copy of a study, or of what is kept of a subject. */
  recordHolder(studyOrSubject: string, holder: Holder): void;
  /** Gives a study to another subject, encrypted anew, except what names the wrong one. */
  correctSubject(study: string, from: string, to: string, staying?: Staying): void;
}

/** Returns the writing side of these rooms. */
export function vaultWriter(rooms: Rooms): VaultWriter {
  const { subjects, scopeKeys, studies, holders, parts } = rooms;
  return {
    subjectOf: (patient) => subjects.ensure(namesOfPatient(patient)).handle,
    anonymousSubject: (studyUid) => subjects.ensure([["anonymous", studyUid]]).handle,
    actorSubject: (actor) => subjects.ensure([namesOfActor(actor)]).handle,
    organizationSubject: () => subjects.ensure([["organization"]]).handle,
    studyOf: (studyUid, subject, labels = {}) => {
      const { study, isNew } = studies.ensure(studyUid, subjects.of(subject), labels);
      return { handle: study.handle, isNew };
    },
    keep: parts.keep,
    putName: (subject, name) => subjects.putName(subjects.of(subject), name),
    putActor: (actor, name) => subjects.putName(subjects.ensure([namesOfActor(actor)]), name),
    scopeKey: (subject, scope, algorithm = "Ed25519") =>
      scopeKeys.ensure(subjects.of(subject), scope, algorithm).publicKey,
    recordHolder: (handle, holder) => holders.put(studies.find(handle) ?? subjects.of(handle), holder),
    correctSubject: (study, from, to, staying = {}) => correctSubject(rooms, study, from, to, staying),
  };
}

/** The names by which a patient is found: with the issuer, then by the id alone. */
export function namesOfPatient({ issuer, patientId }: PatientIdentity): readonly [SubjectNames, SubjectNames] {
  return [
    ["identity", issuer, patientId],
    ["patient-id", patientId],
  ];
}

/** The names by which an actor is found. */
export function namesOfActor(actor: string): SubjectNames {
  return ["actor", actor];
}
