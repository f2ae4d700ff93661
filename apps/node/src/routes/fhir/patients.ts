// Whom studies are of, as Patient: found by an id or an identifier, never listed.
import { patientOf } from "@fiducial/fhir";
import type { StudyFact } from "@fiducial/projection";
import type { StudyCriterion } from "@fiducial/vault";
import { changeAt, lastIndexOfStudy } from "./last-changes.ts";
import type { FhirSite, ServedRoom } from "./served.ts";
import { patientCriterion, studiesOfPatient } from "./subjects.ts";
import { idParameter, tokenIn } from "./values.ts";

/** A patient of whom the log has a study. */
interface KnownPatient {
  readonly patient: string;
  readonly studies: readonly [StudyFact, ...StudyFact[]];
}

/** Patients. */
export const patients: ServedRoom<KnownPatient> = {
  type: "Patient",
  says: "Whom registered studies are of, by the handle that stands for the patient in this organization. There is no list of all.",
  permission: "studies.read",
  parameters: {
    _id: idParameter(knownPatient),
    identifier: {
      type: "token",
      says: "The patient's id, with the system of whoever assigned it or without, exactly.",
      find: (site, value) => {
        const token = tokenIn(value);
        return token && foundPatients(site, patientCriterion(site.node, token));
      },
    },
  },
  place: ({ studies }) => Math.min(...studies.map(({ index }) => index)),
  one: knownPatient,
  resource: ({ node }, { patient, studies }) => {
    const id = node.operations.patientOf(studies[0].study);
    return patientOf({
      ...changeAt(node, Math.max(...studies.map((fact) => lastIndexOfStudy(node, fact)))),
      patient,
      organization: node.identity.organization,
      id: id && { issuer: id.issuer, value: id.patientId },
      name: node.vault.nameOf(patient)?.["name"] as string | undefined,
    });
  },
  // Whose: a record names studies only, and the newest stands for them all.
  shows: {
    what: "study-list",
    each: true,
    of: (_, { studies }) => ({ study: newest(studies).study, studies: studies.length }),
  },
};

function foundPatients(site: FhirSite, criterion: StudyCriterion | undefined): KnownPatient[] {
  const found = criterion === undefined ? [] : site.node.vault.findStudies(criterion);
  const subjects = new Set(found.map(({ subject }) => subject));
  return [...subjects].flatMap((subject) => knownPatient(site, subject) ?? []);
}

function knownPatient({ node }: FhirSite, id: string): KnownPatient | undefined {
  const [first, ...others] = studiesOfPatient(node, id);
  return first && { patient: id, studies: [first, ...others] };
}

function newest([first, ...others]: KnownPatient["studies"]): StudyFact {
  return others.reduce((a, b) => (b.index > a.index ? b : a), first);
}
