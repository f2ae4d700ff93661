// The door of fhir: FHIR R4 (4.0.1) resources made from plain facts.

export type { Bundle, CapabilityStatement, OperationOutcome, Reference, Resource } from "@medplum/fhirtypes";
export { type AccessAction, type AccessFact, auditEventOf } from "./access/audit-event.ts";
export {
  type ActorFact,
  type DeviceFact,
  deviceOf,
  organizationOf,
  type PersonFact,
  practitionerOf,
  practitionerRoleOf,
} from "./identity/actors.ts";
export { endpointOf } from "./imaging/endpoint.ts";
export {
  endpointId,
  type InstanceFact,
  imagingStudyOf,
  type SeriesFact,
  type StudyFact,
  type StudyStatus,
} from "./imaging/imaging-study.ts";
export { type PatientFact, patientOf } from "./imaging/patient.ts";
export {
  capabilityStatement,
  type ParameterFact,
  type ServedType,
  type ServiceFact,
} from "./kernel/capability-statement.ts";
export { isWithin, type SoughtDate, type Span, soughtDate, spanOf } from "./kernel/date-range.ts";
export { structureDefinitions } from "./kernel/extensions.ts";
export { type IssuedId, issuerOf, type Namespace, systemOf } from "./kernel/identifiers.ts";
export { issueTypeOf, operationOutcome, type Refusal, searchOutcome } from "./kernel/operation-outcome.ts";
export {
  type EntryFact,
  envelopeMediaType,
  provenanceOf,
  type SignerFact,
  statementMediaType,
} from "./kernel/provenance.ts";
export { type ActorKind, resourceOfActor } from "./kernel/references.ts";
export { type SearchPage, searchBundle } from "./kernel/search-bundle.ts";
export { systems } from "./kernel/systems.ts";
export { isResourceId } from "./kernel/texts.ts";
