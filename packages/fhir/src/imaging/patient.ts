// Whom studies are of, as Patient: the id and name that the images bear, and nothing that they do not. FHIR R4 § 8.1.
import type { HumanName, Patient } from "@medplum/fhirtypes";
import { type IssuedId, patientIdentifier } from "../kernel/identifiers.ts";
import { type LastChange, metaOf } from "../kernel/meta.ts";
import { shownText } from "../kernel/texts.ts";

/** A patient, with what the vault keeps. */
export interface PatientFact extends LastChange {
  /** The handle: it stands for the patient in this organization only. */
  readonly patient: string;
  readonly organization: string;
  /** Absent when the images name nobody. */
  readonly id?: IssuedId | undefined;
  /** As DICOM's Patient's Name (0010,0010) has it. */
  readonly name?: string | undefined;
}

/** Makes the Patient. */
export function patientOf(fact: PatientFact): Patient {
  const identifier = fact.id === undefined ? undefined : patientIdentifier(fact.organization, fact.id);
  const name = humanNameOf(fact.name);
  return {
    resourceType: "Patient",
    id: fact.patient,
    meta: metaOf(fact),
    ...(identifier === undefined ? {} : { identifier: [identifier] }),
    ...(name === undefined ? {} : { name: [name] }),
    managingOrganization: { reference: `Organization/${fact.organization}` },
  };
}

/** A person's name out of DICOM's PN: the first representation that says something. DICOM PS3.5 § 6.2.1. */
export function humanNameOf(personName: string | undefined): HumanName | undefined {
  const written = personName?.split("=").find((group) => /[^\s^]/.test(group));
  const [family, given, middle, prefix, suffix] = (written?.split("^") ?? []).map(shownText);
  const givenNames = [given, middle].filter((name) => name !== undefined);
  const name: HumanName = {
    ...(family === undefined ? {} : { family }),
    ...(givenNames.length === 0 ? {} : { given: givenNames }),
    ...(prefix === undefined ? {} : { prefix: [prefix] }),
    ...(suffix === undefined ? {} : { suffix: [suffix] }),
  };
  return Object.keys(name).length === 0 ? undefined : name;
}
