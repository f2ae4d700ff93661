// The code systems and namespaces that resources use, by address: FHIR's, DICOM's, HL7's, and the few of our own.

/** Where codes and identifiers come from. Those that begin with `urn:fiducial:` are explained in docs/fhir.md. */
export const systems = {
  uri: "urn:ietf:rfc:3986",
  dicomUid: "urn:dicom:uid",
  dicomCode: "http://dicom.nema.org/resources/ontology/DCM",
  identifierType: "http://terminology.hl7.org/CodeSystem/v2-0203",
  connectionType: "http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
  agentType: "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
  signatureType: "urn:iso-astm:E1762-95:2013",
  observationValue: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
  actReason: "http://terminology.hl7.org/CodeSystem/v3-ActReason",
  participation: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
  auditType: "http://terminology.hl7.org/CodeSystem/audit-event-type",
  restInteraction: "http://hl7.org/fhir/restful-interaction",
  auditEntity: "http://terminology.hl7.org/CodeSystem/audit-entity-type",
  auditSource: "http://terminology.hl7.org/CodeSystem/security-source-type",
  objectRole: "http://terminology.hl7.org/CodeSystem/object-role",
  restSecurity: "http://terminology.hl7.org/CodeSystem/restful-security-service",
  kind: "urn:fiducial:kind",
  role: "urn:fiducial:role",
  actorType: "urn:fiducial:actor-type",
  finding: "urn:fiducial:finding",
  code: "urn:fiducial:code",
  log: "urn:fiducial:log",
  actor: "urn:fiducial:actor",
} as const;
