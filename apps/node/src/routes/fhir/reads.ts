// Reads that the gateway recorded, as AuditEvent. DICOM PS3.15 A.5; IHE BALP.
import { isHex, utcTimeMs } from "@fiducial/core";
import { type AccessAction, type AccessFact, auditEventOf, resourceOfActor } from "@fiducial/fhir";
import type { OpenNode } from "../../compose.ts";
import { entryAt } from "../summaries.ts";
import type { FhirSite, Parameter, ServedRoom } from "./served.ts";
import { studiesOfPatient } from "./subjects.ts";
import { dateParameter, idParameter, instantSpan, referenceIn } from "./values.ts";

/** The kind of which every entry is a read. */
const kind = "access.read.performed";
const entriesABatch = 200;

/** What such an entry says in the open. */
interface ReadFields {
  readonly study?: string;
  readonly what: string;
  readonly action: AccessAction;
  readonly readerType: AccessFact["who"]["type"];
  readonly reader?: string;
  readonly roles: readonly string[];
  readonly purpose: string;
  readonly outcome: AccessFact["outcome"];
  /** The minute for whose like reads it stands. */
  readonly minute: string;
}

const date: Parameter<number> = dateParameter("When the read was recorded.", ({ node }, index) =>
  instantSpan(utcTimeMs(entryAt(node, index).recordedAt) as number),
);

/** Reads, by the numbers of their entries. */
export const auditEvents: ServedRoom<number> = {
  type: "AuditEvent",
  says: "Reads of studies, images and reports that the gateway recorded, newest first.",
  permission: "ledger.audit",
  parameters: {
    _id: idParameter(indexOf),
    _lastUpdated: date,
    date,
    agent: {
      type: "reference",
      says: "Who read.",
      test: ({ node, ...site }, value) => {
        const reference = referenceIn({ node, ...site }, value, ["Practitioner", "Device"]);
        return reference && ((index) => readAt(node, index).reader === reference.id);
      },
    },
    entity: {
      type: "reference",
      says: "The study that was read.",
      test: (site, value) => {
        const reference = referenceIn(site, value, ["ImagingStudy"]);
        return reference && ((index) => readAt(site.node, index).study === reference.id);
      },
    },
    patient: {
      type: "reference",
      says: "Whose study was read.",
      test: (site, value) => {
        const reference = referenceIn(site, value, ["Patient"]);
        if (reference === undefined) return undefined;
        const studies = new Set(studiesOfPatient(site.node, reference.id).map(({ study }) => study));
        return (index) => studies.has(readAt(site.node, index).study ?? "");
      },
    },
  },
  place: (index) => index,
  *list({ node }, { after, before }) {
    let next = before;
    for (;;) {
      const batch = node.projection.log.entries({ kind, before: next, limit: entriesABatch });
      for (const index of batch) if (index > after) yield index;
      const last = batch.at(-1);
      if (last === undefined || last <= after) return;
      next = last;
    }
  },
  one: indexOf,
  resource: ({ node }, index) => auditEventOf(accessFact(node, index)),
};

function indexOf({ node }: FhirSite, id: string): number | undefined {
  const index = isHex(id, 32) ? node.store.indexOf(id) : undefined;
  return index !== undefined && entryAt(node, index).statement.content.kind === kind ? index : undefined;
}

function readAt(node: OpenNode, index: number): ReadFields {
  return entryAt(node, index).statement.content.open as unknown as ReadFields;
}

function accessFact(node: OpenNode, index: number): AccessFact {
  const { recordedAt, statement } = entryAt(node, index);
  const { study, what, action, readerType, reader, roles, purpose, outcome, minute } = readAt(node, index);
  const type = reader === undefined ? undefined : node.projection.identity.actor(reader)?.type;
  const expected = readerType === "person" ? "Practitioner" : "Device";
  return {
    ...{ id: statement.id, index, recordedAt, action, roles, purpose, outcome, what, study },
    at: minute,
    who: { type: readerType, actor: reader, isOnLog: type !== undefined && resourceOfActor[type] === expected },
    patient: study === undefined ? undefined : node.vault.subjectOfStudy(study),
    gateway: statement.content.signers[0].actor,
  };
}
