// Handles of patients, and how the vault is asked for them.
import { fromHex } from "@fiducial/core";
import { issuerOf } from "@fiducial/fhir";
import type { StudyFact } from "@fiducial/projection";
import type { StudyCriterion } from "@fiducial/vault";
import type { OpenNode } from "../../compose.ts";
import type { Token } from "./values.ts";

/** Tells whether an id may be a handle. */
export function isHandle(id: string): boolean {
  return id.length === 32 && fromHex(id) !== undefined;
}

/** Studies of a patient that the log knows. */
export function studiesOfPatient(node: OpenNode, patient: string): StudyFact[] {
  const studies = isHandle(patient) ? node.vault.studiesOf(patient) : [];
  return studies.flatMap((study) => node.projection.imaging.study(study) ?? []);
}

/** By what the vault finds a patient's studies; undefined when the system is nobody's here. */
export function patientCriterion(node: OpenNode, { system, code }: Token): StudyCriterion | undefined {
  if (system === undefined) return { patientId: code };
  const issuer = issuerOf(node.identity.organization, "patient", system);
  return issuer === undefined ? undefined : { patientId: code, issuer };
}
