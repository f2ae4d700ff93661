// A registered study as ImagingStudy. FHIR R4 § 6.3.5; DICOM PS3.3 C.7.2 to C.12.
import type { OffsetTime } from "@fiducial/core";
import type {
  Coding,
  ImagingStudy,
  ImagingStudySeries,
  ImagingStudySeriesInstance,
  Patient,
  Reference,
} from "@medplum/fhirtypes";
import { accessionIdentifier, uidIdentifier } from "../kernel/identifiers.ts";
import { type LastChange, metaOf } from "../kernel/meta.ts";
import { absent } from "../kernel/references.ts";
import { systems } from "../kernel/systems.ts";
import { codeText, dateTimeOf, shownText, uidText, unsignedInt } from "../kernel/texts.ts";

/** An object of a series. */
export interface InstanceFact {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly number?: number | undefined;
}

/** A series. */
export interface SeriesFact {
  readonly uid: string;
  readonly modality?: string | undefined;
  readonly number?: number | undefined;
  readonly description?: string | undefined;
  /** The registered device that made it. */
  readonly device?: string | undefined;
  readonly instances: readonly InstanceFact[];
}

/** A study, with what the vault still opens of it. */
export interface StudyFact extends LastChange {
  readonly study: string;
  /** The organization whose log this is. */
  readonly organization: string;
  readonly status: StudyStatus;
  /** The handle of the patient; absent when nothing of the patient is kept. */
  readonly patient?: string | undefined;
  readonly studyUid?: string | undefined;
  readonly accession?: string | undefined;
  readonly started?: OffsetTime | undefined;
  readonly description?: string | undefined;
  readonly modalities: readonly string[];
  readonly numberOfSeries: number;
  readonly numberOfInstances: number;
  /** Absent where only the study itself is asked for. */
  readonly series?: readonly SeriesFact[] | undefined;
}

/** `cancelled` is what R4 has for a study that is not to be had any more. */
export type StudyStatus = "available" | "cancelled";

/** The id of the Endpoint at which objects are retrieved. */
export const endpointId = "dicomweb";

/** Makes the ImagingStudy of a study; without its series it is marked as shown in part. */
export function imagingStudyOf(fact: StudyFact): ImagingStudy {
  const { study, organization, status, series } = fact;
  const modality = fact.modalities.flatMap((code) => dicomCode(code) ?? []);
  const started = dateTimeOf(fact.started);
  const description = shownText(fact.description);
  const uid = uidText(fact.studyUid);
  const accession = fact.accession === undefined ? undefined : accessionIdentifier(organization, fact.accession);
  const identifier = [
    ...(uid === undefined ? [] : [uidIdentifier(uid)]),
    ...(accession === undefined ? [] : [accession]),
  ];
  const shown = series?.flatMap(seriesOf) ?? [];
  return {
    resourceType: "ImagingStudy",
    id: study,
    meta: metaOf(fact, series === undefined),
    ...(identifier.length === 0 ? {} : { identifier }),
    status,
    ...(modality.length === 0 ? {} : { modality }),
    subject: patientReference(fact.patient),
    ...(started === undefined ? {} : { started }),
    ...(status === "available" ? { endpoint: [{ reference: `Endpoint/${endpointId}` }] } : {}),
    numberOfSeries: fact.numberOfSeries,
    numberOfInstances: fact.numberOfInstances,
    ...(description === undefined ? {} : { description }),
    ...(shown.length === 0 ? {} : { series: shown }),
  };
}

function patientReference(patient: string | undefined): Reference<Patient> {
  return patient === undefined ? absent("masked") : { reference: `Patient/${patient}` };
}

// A series without a UID that FHIR takes cannot be named there; it is counted all the same.
function seriesOf(fact: SeriesFact): ImagingStudySeries[] {
  const uid = uidText(fact.uid);
  if (uid === undefined) return [];
  const number = unsignedInt(fact.number);
  const description = shownText(fact.description);
  const instance = fact.instances.flatMap(instanceOf);
  return [
    {
      uid,
      ...(number === undefined ? {} : { number }),
      modality: dicomCode(fact.modality) ?? absent("unknown"),
      ...(description === undefined ? {} : { description }),
      numberOfInstances: fact.instances.length,
      ...(fact.device === undefined ? {} : { performer: [{ actor: { reference: `Device/${fact.device}` } }] }),
      ...(instance.length === 0 ? {} : { instance }),
    },
  ];
}

function instanceOf(fact: InstanceFact): ImagingStudySeriesInstance[] {
  const uid = uidText(fact.sopInstanceUid);
  if (uid === undefined) return [];
  const sopClass = uidText(fact.sopClassUid);
  const number = unsignedInt(fact.number);
  return [
    {
      uid,
      sopClass: sopClass === undefined ? absent("unknown") : { system: systems.uri, code: `urn:oid:${sopClass}` },
      ...(number === undefined ? {} : { number }),
    },
  ];
}

function dicomCode(text: string | undefined): Coding | undefined {
  const code = codeText(text);
  return code === undefined ? undefined : { system: systems.dicomCode, code };
}
