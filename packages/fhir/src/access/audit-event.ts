// A read that the gateway recorded, as AuditEvent. FHIR R4 § 6.4; IHE BALP 1.1 (Basic Audit Log Patterns): Read, PatientRead.
import type { UtcTime } from "@fiducial/core";
import type {
  AuditEvent,
  AuditEventAgent,
  AuditEventEntity,
  Coding,
  Device,
  Practitioner,
  Reference,
} from "@medplum/fhirtypes";
import { actorIdentifier } from "../kernel/identifiers.ts";
import { type LastChange, metaOf } from "../kernel/meta.ts";
import { absent } from "../kernel/references.ts";
import { systems } from "../kernel/systems.ts";

/** Somebody was shown something, or refused. */
export interface AccessFact extends LastChange {
  /** The statement's id. */
  readonly id: string;
  /** When it happened. */
  readonly at: UtcTime;
  readonly action: AccessAction;
  readonly who: {
    readonly type: "person" | "machine" | "operator";
    /** The actor, or the handle of a machine; absent when nobody is named. */
    readonly actor?: string | undefined;
    readonly isOnLog: boolean;
  };
  /** Those by which it was allowed. */
  readonly roles: readonly string[];
  /** Purpose of use, by HL7's ActReason: TREAT, ETREAT, BTG and so on. */
  readonly purpose: string;
  readonly outcome: "permitted" | "refused";
  /** What was shown: the study, or the kind of thing when it is of no one study. */
  readonly what: string;
  readonly study?: string | undefined;
  /** Whose study it is, as long as that is kept. */
  readonly patient?: string | undefined;
  /** The actor of the software that showed it and says so. */
  readonly gateway: string;
}

export type AccessAction = "view" | "search" | "retrieve" | "verify" | "export";

/** Makes the AuditEvent. */
export function auditEventOf(fact: AccessFact): AuditEvent {
  const { type, subtype, action } = events[fact.action];
  const observer = { reference: `Device/${fact.gateway}` };
  const profile = profileOf(fact);
  return {
    resourceType: "AuditEvent",
    id: fact.id,
    meta: { ...metaOf(fact), ...(profile === undefined ? {} : { profile: [profile] }) },
    type,
    subtype: [subtype],
    action,
    period: { start: fact.at },
    recorded: fact.recordedAt,
    outcome: fact.outcome === "permitted" ? "0" : "4",
    ...(fact.outcome === "permitted" ? {} : { outcomeDesc: "The gateway refused it." }),
    agent: [
      { ...machine(110_153, "Source Role ID"), who: observer },
      { ...machine(110_152, "Destination Role ID"), who: { display: "The reader's program" } },
      readerOf(fact),
    ],
    source: { observer, type: [{ system: systems.auditSource, code: "4", display: "Application Server" }] },
    ...entitiesOf(fact),
  };
}

const rest: Coding = { system: systems.auditType, code: "rest", display: "Restful Operation" };
const read: Coding = { system: systems.restInteraction, code: "read", display: "read" };
const search: Coding = { system: systems.restInteraction, code: "search-type", display: "search-type" };
const exporting: Coding = { system: systems.dicomCode, code: "110106", display: "Export" };

const events: Readonly<Record<AccessAction, { type: Coding; subtype: Coding; action: "R" | "E" }>> = {
  view: { type: rest, subtype: read, action: "R" },
  retrieve: { type: rest, subtype: read, action: "R" },
  search: { type: rest, subtype: search, action: "E" },
  verify: { type: rest, subtype: { system: systems.code, code: "verify" }, action: "E" },
  export: { type: exporting, subtype: read, action: "R" },
};

// BALP's pattern for queries wants what was asked, which no record of ours holds: those claim none.
function profileOf({ action, patient, study, outcome }: AccessFact): string | undefined {
  const isRead = (action === "view" || action === "retrieve") && study !== undefined && outcome === "permitted";
  if (!isRead) return undefined;
  return `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${patient === undefined ? "Read" : "PatientRead"}`;
}

// Addresses of people's machines are not kept; BALP wants the element all the same.
function machine(code: number, display: string): Omit<AuditEventAgent, "who"> {
  return {
    type: { coding: [{ system: systems.dicomCode, code: String(code), display }] },
    requestor: false,
    network: absent("masked"),
  };
}

function readerOf({ who, roles, purpose }: AccessFact): AuditEventAgent {
  return {
    type: { coding: [{ system: systems.participation, code: "IRCP", display: "information recipient" }] },
    ...(roles.length === 0 ? {} : { role: roles.map((role) => ({ coding: [{ system: systems.role, code: role }] })) }),
    who: referenceOf(who),
    requestor: true,
    purposeOfUse: [{ coding: [{ system: systems.actReason, code: purpose }] }],
  };
}

function referenceOf({ type, actor, isOnLog }: AccessFact["who"]): Reference<Device | Practitioner> {
  const display = { person: "A person", machine: "A machine", operator: "The node's operator" }[type];
  if (actor === undefined) return { display };
  if (!isOnLog) return { identifier: actorIdentifier(actor), display };
  return { reference: `${type === "person" ? "Practitioner" : "Device"}/${actor}` };
}

function entitiesOf({ patient, study, what }: AccessFact): { entity: AuditEventEntity[] } {
  const role = (code: string, display: string) => ({ system: systems.objectRole, code, display });
  const type = (code: string, display: string) => ({ system: systems.auditEntity, code, display });
  const person: AuditEventEntity[] =
    patient === undefined
      ? []
      : [{ type: type("1", "Person"), role: role("1", "Patient"), what: { reference: `Patient/${patient}` } }];
  const data: AuditEventEntity = {
    type: type("2", "System Object"),
    role: role("4", "Domain Resource"),
    what: study === undefined ? { display: what } : { reference: `ImagingStudy/${study}` },
    ...(study === undefined ? {} : { detail: [{ type: "shown", valueString: what }] }),
  };
  return { entity: [...person, data] };
}
