// The door of the HTTP contract: schemas, problems, addresses, the typed client.

export {
  Access,
  AccessCounts,
  AccessesQuery,
  AccessFilter,
  AccessNames,
  AccessNamesRequest,
  AccessPage,
  accessesFileName,
  NamedAccessFilter,
  StudyAccessesQuery,
} from "./accesses.ts";
export { Activity, ActivityQuery, DayActivity } from "./activity.ts";
export { Actor, ActorKey, ActorList, ActorRole, ActorsQuery } from "./actors.ts";
export { Attention, Concern, type ConcernCode, concerns } from "./attention.ts";
export {
  type ApiClient,
  apiClient,
  type ClientOptions,
  type Credentials,
  type ObjectPlace,
} from "./client.ts";
export type { RequestOptions } from "./client-request.ts";
export { ComparedCopy } from "./compared-copies.ts";
export { Connection, ConnectionIdField, ConnectionList, ConnectionType, DicomListener } from "./connections.ts";
export { EntriesQuery, EntryDetail, EntryPage, EntrySigner, EntrySummary, SealedField } from "./entries.ts";
export { NodeEvent, parseNodeEvent } from "./events.ts";
export { FindQuery, FoundPlace, FoundPlaces, StudyPlace } from "./finding.ts";
export { AskedWitness, Cosigner, Health, IntakeStanding, Trouble, type TroubleCode, troubles } from "./health.ts";
export {
  AuditLine,
  FileVerdict,
  IntakeOpened,
  IntakeRegistered,
  ObjectTaken,
  ReceiptRequest,
  RegisteredStudy,
  StatementPlace,
} from "./intakes.ts";
export { KindDescription, KindList } from "./kinds.ts";
export { LookupQuery, ObjectQuery, ObjectVersion, ObjectVersions, ReceiptQuery } from "./objects.ts";
export { openApiDocument } from "./open-api.ts";
export {
  Draft,
  DraftedAct,
  DraftSignatures,
  NewDraft,
  NewPasskey,
  Passkey,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyRemoval,
  PasskeyRequest,
  PasskeySignedIn,
  Passkeys,
  StatedEntry,
} from "./passkeys.ts";
export {
  type Grant,
  grants,
  grantsOfSignedIn,
  type Permission,
  permissions,
  rolesAllowed,
  type Scope,
  scopes,
} from "./permissions.ts";
export {
  ApiError,
  type ApiProblemCode,
  apiProblems,
  type ClientFault,
  fhirTypeOf,
  Problem,
  problemOf,
  retryAfterOf,
} from "./problem.ts";
export { type ReferenceEntry, type ReferenceField, referenceOf } from "./reference.ts";
export { referencePage } from "./reference-page.ts";
export { RequestFault, requestFaults, unknownField } from "./request-fault.ts";
export type { Route } from "./route.ts";
export { pathOf, type RouteName, receiptMediaType, routes } from "./routes.ts";
export {
  CallerSession,
  NewTokenClient,
  OwnSession,
  OwnSessions,
  SessionsEnded,
  SignedInPeople,
  SignedInPerson,
  SignedOut,
  Token,
  TokenClient,
  TokenClientAdded,
  TokenClients,
} from "./sessions.ts";
export {
  ObjectVersionPlace,
  StudiesQuery,
  StudyDetail,
  StudyObject,
  StudyPage,
  StudySearch,
  StudySeries,
  StudySummary,
  StudyVersion,
} from "./studies.ts";
export {
  LogTerms,
  largestSubmission,
  mostStatements,
  Submission,
  SubmittedStatement,
  submissionLimits,
  submittedStatement,
  TakenStatement,
  TakenStatements,
} from "./submissions.ts";
