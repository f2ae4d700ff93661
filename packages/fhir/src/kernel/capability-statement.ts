// What a service can do, made from the table that serves it. FHIR R4 § 5.1 (CapabilityStatement).
import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from "@medplum/fhirtypes";

/** A search parameter that a resource type takes. */
export interface ParameterFact {
  readonly type: "token" | "reference" | "date" | "uri";
  readonly says: string;
}

/** A resource type that is served. */
export interface ServedType {
  readonly type: string;
  readonly says: string;
  readonly parameters: Readonly<Record<string, ParameterFact>>;
}

/** Who serves, and what. */
export interface ServiceFact {
  readonly software: { readonly name: string; readonly version: string };
  /** When the software was made so, a day. */
  readonly date: string;
  readonly says: string;
  readonly securitySays: string;
  readonly types: readonly ServedType[];
}

/** Makes the CapabilityStatement of a service that only reads. */
export function capabilityStatement({ software, date, says, securitySays, types }: ServiceFact): CapabilityStatement {
  return {
    resourceType: "CapabilityStatement",
    id: "service",
    status: "active",
    date,
    kind: "instance",
    software,
    implementation: { description: says },
    fhirVersion: "4.0.1",
    format: ["application/fhir+json"],
    rest: [
      {
        mode: "server",
        security: {
          description: securitySays,
        },
        resource: types.map(resourceOf),
      },
    ],
  };
}

function resourceOf({ type, says, parameters }: ServedType): CapabilityStatementRestResource {
  const searchParam = Object.entries(parameters).map(([name, parameter]) => searchParamOf(type, name, parameter));
  return {
    type: type as CapabilityStatementRestResource["type"],
    documentation: says,
    interaction: [{ code: "read" }, { code: "search-type" }],
    versioning: "versioned",
    readHistory: false,
    updateCreate: false,
    conditionalRead: "not-match",
    searchParam,
  };
}

function searchParamOf(
  resource: string,
  name: string,
  { type, says }: ParameterFact,
): CapabilityStatementRestResourceSearchParam {
  // A chained parameter is no search parameter of its own, and has no definition.
  const definition = name.includes(".")
    ? {}
    : {
        definition: `http://hl7.org/fhir/SearchParameter/${name.startsWith("_") ? `Resource-${name.slice(1)}` : (shared[`${resource}.${name}`] ?? `${resource}-${name}`)}`,
      };
  return { name, type, documentation: says, ...definition };
}

// Parameters that R4 defines for several types together.
const shared: Readonly<Record<string, string>> = {
  "ImagingStudy.identifier": "clinical-identifier",
  "ImagingStudy.patient": "clinical-patient",
  "StructureDefinition.url": "conformance-url",
};
