// Reads that the gateway recorded, as AuditEvent. DICOM PS3.15 A.5; IHE BALP.
import { formatUtcTime, isHex } from "@fiducial/core";
import { type AccessFact, auditEventOf, resourceOfActor } from "@fiducial/fhir";
import type { ReadFact, ReadFilter } from "@fiducial/projection";
import type { OpenNode } from "../../compose.ts";
import { entryAt } from "../summaries.ts";
import type { FhirSite, Parameter, PlaceRange, ServedRoom } from "./served.ts";
import { isHandle, studiesOfPatient } from "./subjects.ts";
import { dateParameter, idParameter, instantSpan, referenceIn } from "./values.ts";

const readsABatch = 200;

const date: Parameter<ReadFact> = dateParameter("When the read was recorded.", (_, { recordedAtMs }) =>
  instantSpan(recordedAtMs),
);

/** Reads. */
export const auditEvents: ServedRoom<ReadFact> = {
  type: "AuditEvent",
  says: "Reads of studies, images and reports that the gateway recorded, newest first.",
  permission: "accesses.read",
  parameters: {
    _id: idParameter(readOf),
    _lastUpdated: date,
    date,
    agent: {
      type: "reference",
      says: "Who read.",
      list: (site, value) => {
        const reader = referenceIn(site, value, ["Practitioner", "Device"])?.id ?? "";
        return isHandle(reader) ? (range) => readsIn(site.node, { reader }, range) : undefined;
      },
      test: (site, value) => {
        const reference = referenceIn(site, value, ["Practitioner", "Device"]);
        return reference && (({ reader }) => reader === reference.id);
      },
    },
    entity: {
      type: "reference",
      says: "The study that was read.",
      list: (site, value) => {
        const study = referenceIn(site, value, ["ImagingStudy"])?.id ?? "";
        return isHandle(study) ? (range) => readsIn(site.node, { study }, range) : undefined;
      },
      test: (site, value) => {
        const reference = referenceIn(site, value, ["ImagingStudy"]);
        return reference && (({ study }) => study === reference.id);
      },
    },
    patient: {
      type: "reference",
      says: "Whose study was read.",
      list: (site, value) => {
        const reference = referenceIn(site, value, ["Patient"]);
        const studies = reference && studiesOfPatient(site.node, reference.id);
        return studies && ((range) => newestOf(studies.map(({ study }) => readsIn(site.node, { study }, range))));
      },
      test: (site, value) => {
        const reference = referenceIn(site, value, ["Patient"]);
        if (reference === undefined) return undefined;
        const studies = new Set(studiesOfPatient(site.node, reference.id).map(({ study }) => study));
        return ({ study }) => study !== null && studies.has(study);
      },
    },
  },
  place: ({ index }) => index,
  list: ({ node }, range) => readsIn(node, {}, range),
  one: readOf,
  resource: ({ node }, fact) => auditEventOf(accessFact(node, fact)),
  shows: { what: "access-list", of: (_, { study }) => ({ study: study ?? undefined }) },
};

function* readsIn({ projection }: OpenNode, filter: ReadFilter, { after, before }: PlaceRange): Iterable<ReadFact> {
  let next = before;
  for (;;) {
    const batch = projection.access.reads({ ...filter, before: next, limit: readsABatch });
    for (const fact of batch) if (fact.index > after) yield fact;
    const last = batch.at(-1);
    if (last === undefined || last.index <= after) return;
    next = last.index;
  }
}

// Several lists, each the newest first, as one.
function* newestOf(lists: readonly Iterable<ReadFact>[]): Iterable<ReadFact> {
  const heads = lists.map((list) => {
    const rest = list[Symbol.iterator]();
    return { rest, head: rest.next() };
  });
  for (;;) {
    const left = heads.filter(({ head }) => head.done !== true);
    if (left.length === 0) return;
    const newest = left.reduce((a, b) => (indexOf(b.head) > indexOf(a.head) ? b : a));
    yield newest.head.value as ReadFact;
    newest.head = newest.rest.next();
  }
}

function indexOf({ value }: IteratorResult<ReadFact>): number {
  return (value as ReadFact).index;
}

function readOf({ node }: FhirSite, id: string): ReadFact | undefined {
  const index = isHex(id, 32) ? node.store.indexOf(id) : undefined;
  const [fact] = index === undefined ? [] : node.projection.access.reads({ before: index + 1, limit: 1 });
  return fact?.index === index ? fact : undefined;
}

function accessFact(node: OpenNode, fact: ReadFact): AccessFact {
  const { index, what, roles, purpose } = fact;
  const { recordedAt, statement } = entryAt(node, index);
  const [reader, study] = [fact.reader ?? undefined, fact.study ?? undefined];
  const readerType = fact.readerType as AccessFact["who"]["type"];
  const type = reader === undefined ? undefined : node.projection.identity.actor(reader)?.type;
  const isOnLog = type !== undefined && resourceOfActor[type] === (readerType === "person" ? "Practitioner" : "Device");
  return {
    ...{ id: statement.id, index, recordedAt, what, roles, purpose, study },
    at: formatUtcTime(fact.atMs),
    action: fact.action as AccessFact["action"],
    outcome: fact.outcome as AccessFact["outcome"],
    who: { type: readerType, actor: reader, isOnLog },
    patient: study === undefined ? undefined : node.vault.subjectOfStudy(study),
    gateway: statement.content.signers[0].actor,
  };
}
