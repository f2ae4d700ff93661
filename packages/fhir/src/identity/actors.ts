// Who is on a log, as Organization, Practitioner, PractitionerRole and Device. FHIR R4 § 8.6, 8.4, 8.5, 8.12.
import type { CodeableConcept, Device, Organization, Practitioner, PractitionerRole } from "@medplum/fhirtypes";
import { actorIdentifier } from "../kernel/identifiers.ts";
import { type LastChange, metaOf } from "../kernel/meta.ts";
import { systems } from "../kernel/systems.ts";
import { exactText, shownText } from "../kernel/texts.ts";

/** An actor of a log, with what the vault keeps of it. */
export interface ActorFact extends LastChange {
  readonly actor: string;
  readonly organization: string;
  readonly retired: boolean;
  readonly name?: string | undefined;
}

/** A person with the roles held now. */
export interface PersonFact extends ActorFact {
  readonly roles: readonly string[];
}

/** A device, software or an AI product. */
export interface DeviceFact extends ActorFact {
  readonly type: "device" | "software" | "ai";
  readonly manufacturer?: string | undefined;
  readonly model?: string | undefined;
  readonly serial?: string | undefined;
  readonly version?: string | undefined;
}

/** Makes the Organization. */
export function organizationOf(fact: ActorFact): Organization {
  return {
    resourceType: "Organization",
    ...common(fact),
    active: !fact.retired,
    ...textOr("name", fact.name),
  };
}

/** Makes the Practitioner. What the organization calls somebody is a text, whose parts nobody knows. */
export function practitionerOf(fact: ActorFact): Practitioner {
  const name = shownText(fact.name);
  return {
    resourceType: "Practitioner",
    ...common(fact),
    active: !fact.retired,
    ...(name === undefined ? {} : { name: [{ text: name }] }),
  };
}

/** Makes the PractitionerRole: one for each person, with every role held now. */
export function practitionerRoleOf(fact: PersonFact): PractitionerRole {
  return {
    resourceType: "PractitionerRole",
    ...common(fact),
    active: !fact.retired && fact.roles.length > 0,
    practitioner: { reference: `Practitioner/${fact.actor}` },
    organization: { reference: `Organization/${fact.organization}` },
    ...(fact.roles.length === 0 ? {} : { code: fact.roles.map(roleOf) }),
  };
}

/** Makes the Device. */
export function deviceOf(fact: DeviceFact): Device {
  const [name, model, version] = [shownText(fact.name), shownText(fact.model), shownText(fact.version)];
  return {
    resourceType: "Device",
    ...common(fact),
    status: fact.retired ? "inactive" : "active",
    ...textOr("manufacturer", fact.manufacturer),
    ...(exactText(fact.serial) === undefined ? {} : { serialNumber: exactText(fact.serial) as string }),
    ...(name === undefined ? {} : { deviceName: [{ name, type: "user-friendly-name" as const }] }),
    ...(model === undefined ? {} : { modelNumber: model }),
    type: { coding: [{ system: systems.actorType, code: fact.type }], text: typeNames[fact.type] },
    ...(version === undefined ? {} : { version: [{ value: version }] }),
    owner: { reference: `Organization/${fact.organization}` },
  };
}

const typeNames = { device: "Device", software: "Software", ai: "AI product" } as const;

function common(fact: ActorFact) {
  return { id: fact.actor, meta: metaOf(fact), identifier: [actorIdentifier(fact.actor)] };
}

function roleOf(role: string): CodeableConcept {
  return { coding: [{ system: systems.role, code: role }] };
}

function textOr<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  const text = shownText(value);
  return (text === undefined ? {} : { [name]: text }) as Partial<Record<Name, string>>;
}
