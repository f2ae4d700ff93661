// Studies as ImagingStudy, and where their objects are retrieved, as Endpoint.
import { utcTimeMs } from "@fiducial/core";
import {
  endpointId,
  endpointOf,
  imagingStudyOf,
  type StudyFact as ResourceFact,
  type SeriesFact,
  spanOf,
  systemOf,
  systems,
} from "@fiducial/fhir";
import type { StudyFact } from "@fiducial/projection";
import type { StudyCriterion } from "@fiducial/vault";
import type { OpenNode } from "../../compose.ts";
import { registersObjectsOf } from "../imaging.ts";
import { registeredSeries } from "../series.ts";
import { countedOnce } from "../study-counts.ts";
import { studyValues } from "../study-values.ts";
import { entryAt } from "../summaries.ts";
import { changeAt, lastIndexOfStudy } from "./last-changes.ts";
import type { FhirSite, Parameter, ServedRoom } from "./served.ts";
import { isHandle, patientCriterion, studiesOfPatient } from "./subjects.ts";
import { dateParameter, idParameter, instantSpan, referenceIn, tokenIn } from "./values.ts";

const studiesABatch = 200;

const parameters: Readonly<Record<string, Parameter<StudyFact>>> = {
  _id: idParameter(studyOf),
  _lastUpdated: dateParameter("When the last entry that speaks of the study was recorded.", ({ node }, fact, end) =>
    instantSpan(lastUpdatedMs(node, fact, end)),
  ),
  identifier: {
    type: "token",
    says: "Study Instance UID (urn:dicom:uid|urn:oid:…) or accession number, exactly.",
    find: ({ node }, value) => {
      const token = tokenIn(value);
      return token && criteriaOf(node, token).flatMap((criterion) => foundStudies(node, criterion));
    },
  },
  modality: {
    type: "token",
    says: "A modality of one of its series, by DICOM's code.",
    test: (_, value) => {
      const token = tokenIn(value);
      return (
        token && (({ modalities }) => isOfSystem(token.system, systems.dicomCode) && modalities.includes(token.code))
      );
    },
  },
  patient: {
    type: "reference",
    says: "Whom the study is of.",
    find: (site, value) => {
      const reference = referenceIn(site, value, ["Patient"]);
      return reference && studiesOfPatient(site.node, reference.id);
    },
  },
  "patient.identifier": {
    type: "token",
    says: "The patient's id, with the system of whoever assigned it or without, exactly.",
    find: ({ node }, value) => {
      const token = tokenIn(value);
      if (token === undefined) return undefined;
      const criterion = patientCriterion(node, token);
      return criterion === undefined ? [] : foundStudies(node, criterion);
    },
  },
  started: dateParameter("When the study began.", ({ node }, fact) => spanOf(studyValues(node, fact).acquired ?? "")),
  status: {
    type: "token",
    says: "available, or cancelled when the study was destroyed.",
    test: (_, value) => {
      const token = tokenIn(value);
      return (
        token &&
        ((fact) => isOfSystem(token.system, "http://hl7.org/fhir/imagingstudy-status") && statusOf(fact) === token.code)
      );
    },
  },
};

/** Studies. */
export const imagingStudies: ServedRoom<StudyFact> = {
  type: "ImagingStudy",
  says: "Registered studies, newest first. Lists leave out series and instances, and mark what they show as SUBSETTED; a read has them.",
  permission: "studies.read",
  parameters,
  sorts: {
    _lastUpdated: ({ node }, fact, end) => lastUpdatedMs(node, fact, end),
    started: ({ node }, fact) => spanOf(studyValues(node, fact).acquired ?? "")?.from,
  },
  place: ({ index }) => index,
  *list({ node }, { after, before }) {
    let next = before;
    for (;;) {
      const batch = node.projection.imaging.studies({ before: next, limit: studiesABatch });
      for (const fact of batch) if (fact.index > after) yield fact;
      const last = batch.at(-1);
      if (last === undefined || last.index <= after) return;
      next = last.index;
    }
  },
  one: studyOf,
  resource: async ({ node }, fact, whole) =>
    imagingStudyOf({
      ...factOf(node, await countedOnce(node, fact)),
      ...(whole ? { series: await seriesFacts(node, fact.study) } : {}),
    }),
  shows: {
    what: "study",
    listed: "study-list",
    of: (_, { study, instances }) => ({ study, instances }),
    list: (studies) => ({ studies: studies.length, listed: studies.map(({ study }) => study) }),
  },
};

/** Where objects are retrieved. */
export const endpoints: ServedRoom<string> = {
  type: "Endpoint",
  says: "Where the objects of studies are retrieved: DICOMweb of the same node.",
  permission: "studies.read",
  parameters: { _id: idParameter<string>((_, id) => (id === endpointId ? id : undefined)) },
  place: () => 0,
  list: () => [endpointId],
  one: (_, id) => (id === endpointId ? id : undefined),
  resource: ({ node, address }) =>
    endpointOf({ address: `${address}/dicomweb`, organization: node.identity.organization }),
};

function studyOf({ node }: FhirSite, id: string): StudyFact | undefined {
  return isHandle(id) ? node.projection.imaging.study(id) : undefined;
}

function foundStudies(node: OpenNode, criterion: StudyCriterion): StudyFact[] {
  return node.vault.findStudies(criterion).flatMap(({ study }) => node.projection.imaging.study(study) ?? []);
}

// Without a system it may be either; a UID may be written as such, or as FHIR writes it.
function criteriaOf(node: OpenNode, { system, code }: { system: string | undefined; code: string }): StudyCriterion[] {
  const uid = { label: "studyUid", value: code.replace(/^urn:oid:/, "") };
  const accession = { label: "accession", value: code };
  if (system === undefined) return [uid, accession];
  if (system === systems.dicomUid) return [uid];
  return system === systemOf(node.identity.organization, "accession", "") ? [accession] : [];
}

function isOfSystem(asked: string | undefined, system: string): boolean {
  return asked === undefined || asked === system;
}

function statusOf({ destruction }: StudyFact): ResourceFact["status"] {
  return destruction === "done" ? "cancelled" : "available";
}

function lastUpdatedMs(node: OpenNode, fact: StudyFact, end: number): number {
  return utcTimeMs(entryAt(node, lastIndexOfStudy(node, fact, end)).recordedAt) as number;
}

function factOf(node: OpenNode, fact: StudyFact): ResourceFact {
  const { studyUid, accession, acquired, description, subject } = studyValues(node, fact);
  return {
    ...changeAt(node, lastIndexOfStudy(node, fact)),
    study: fact.study,
    organization: node.identity.organization,
    status: statusOf(fact),
    patient: subject,
    studyUid,
    accession,
    started: acquired,
    description,
    modalities: fact.modalities,
    numberOfSeries: fact.series,
    numberOfInstances: fact.instances,
  };
}

async function seriesFacts(node: OpenNode, study: string): Promise<SeriesFact[]> {
  const entries = node.projection.imaging.history(study).map((index) => entryAt(node, index).statement);
  const registrations = entries.filter(({ content }) => registersObjectsOf(study, content));
  const devices = new Map(registrations.map(({ id, content }) => [id, content.open["device"] as string | undefined]));
  const series = await registeredSeries(node.vault, [...devices.keys()]);
  return series.map(({ uid, header: { modality, seriesNumber, seriesDescription }, objects }) => ({
    uid,
    modality,
    number: seriesNumber,
    description: seriesDescription,
    device: devices.get(objects[0]?.statementId ?? ""),
    instances: objects.map(({ record: { sopInstanceUid, sopClassUid }, header }) => ({
      sopInstanceUid,
      sopClassUid,
      number: header.instanceNumber,
    })),
  }));
}
