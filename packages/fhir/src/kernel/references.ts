// References from one resource to another, relative to where the resources are served. FHIR R4 § 2.3.
import type { Device, Extension, Organization, Practitioner, Reference } from "@medplum/fhirtypes";

/** What an actor of a log is. */
export type ActorKind = "organization" | "person" | "ai" | "device" | "software";

/** The resource that stands for an actor. */
export const resourceOfActor = {
  organization: "Organization",
  person: "Practitioner",
  ai: "Device",
  device: "Device",
  software: "Device",
} as const satisfies Readonly<Record<ActorKind, string>>;

/** Refers to an actor's resource. */
export type ActorReference = Reference<Device | Organization | Practitioner>;

/** Refers to an actor, shown as `display` where that may be. */
export function actorReference(type: ActorKind, actor: string, display?: string): ActorReference {
  return {
    reference: `${resourceOfActor[type]}/${actor}`,
    ...(display === undefined ? {} : { display }),
  };
}

/** Says why something is not there that has to be. FHIR R4, extension data-absent-reason. */
export function absent(reason: "unknown" | "masked" | "not-applicable"): { extension: Extension[] } {
  return {
    extension: [{ url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: reason }],
  };
}
