// A security event as an audit message of DICOM. PS3.15 A.5.1 (schema), A.5.2, A.5.3; sent as IHE ITI-20 wants it.
import { type Coded, outcomes, securityEvents } from "./event-table.ts";
import type { SecurityEvent } from "./security-event.ts";

/** Who sends. */
export interface AuditSource {
  /** The log's origin, which names nobody but the organization's node. */
  readonly origin: string;
  /** The organization's handle. */
  readonly organization: string;
}

/** Writes the XML of an event, on one line. */
export function auditMessage(event: SecurityEvent, { origin, organization }: AuditSource): string {
  const row = securityEvents[event.event];
  const type = "type" in row ? row.type : undefined;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<AuditMessage>",
    `<EventIdentification${attributes({ EventActionCode: row.action, EventDateTime: event.at, EventOutcomeIndicator: String(outcomes[event.outcome]) })}>`,
    coded("EventID", row.id),
    ...(type === undefined ? [] : [coded("EventTypeCode", type)]),
    ...(event.code === undefined ? [] : [`<EventOutcomeDescription>${escaped(event.code)}</EventOutcomeDescription>`]),
    "</EventIdentification>",
    ...participants(event, origin),
    `<AuditSourceIdentification${attributes({ AuditEnterpriseSiteID: organization, AuditSourceID: origin })}>`,
    // 4: application server process. PS3.15 A.5.2.3.
    '<AuditSourceTypeCode csd-code="4"/>',
    "</AuditSourceIdentification>",
    ...objects(event),
    "</AuditMessage>",
  ].join("");
}

const application: Coded = ["110150", "Application"];

function participants({ actor, address, event }: SecurityEvent, origin: string): string[] {
  const isOwn = actor === undefined || actor.type === "software";
  const own = `<ActiveParticipant${attributes({ UserID: origin, UserIsRequestor: String(isOwn) })}>${coded("RoleIDCode", application)}</ActiveParticipant>`;
  if (isOwn && event !== "NODE_STARTED") return [own];
  if (actor === undefined || isOwn) return [own];
  const user = {
    UserID: actor.handle ?? actor.aeTitle ?? actor.type,
    UserIsRequestor: "true",
    // 2: an IP address. PS3.15 A.5.2.2.
    ...(address === undefined ? {} : { NetworkAccessPointID: address, NetworkAccessPointTypeCode: "2" }),
  };
  const role = actor.role === undefined ? [] : [coded("RoleIDCode", [actor.role, actor.role], "99FIDUCIAL")];
  return [`<ActiveParticipant${attributes(user)}>${role.join("")}</ActiveParticipant>`, own];
}

// What it was about: a statement of the log, or an address of the program. Type 2: system object; role 13: security resource, 3: report.
function objects({ kind, statementId, index, route, count }: SecurityEvent): string[] {
  const statement =
    statementId === undefined
      ? []
      : [object(statementId, "3", ["statement", "Statement"], kind ?? "statement", ["entry", index])];
  const address = route === undefined ? [] : [object(route, "13", ["route", "Route"], route)];
  const trail =
    count === undefined
      ? []
      : [object("audit-trail", "13", ["audit-trail", "Audit trail"], "audit-trail", ["events", count])];
  return [...statement, ...address, ...trail];
}

function object(
  id: string,
  role: string,
  type: Coded,
  name: string,
  [what, value]: readonly [what?: string, value?: number | undefined] = [],
): string {
  const detail =
    what === undefined || value === undefined
      ? ""
      : `<ParticipantObjectDetail${attributes({ type: what, value: Buffer.from(String(value)).toString("base64") })}/>`;
  return [
    `<ParticipantObjectIdentification${attributes({ ParticipantObjectID: id, ParticipantObjectTypeCode: "2", ParticipantObjectTypeCodeRole: role })}>`,
    coded("ParticipantObjectIDTypeCode", type, "99FIDUCIAL"),
    `<ParticipantObjectName>${escaped(name)}</ParticipantObjectName>`,
    detail,
    "</ParticipantObjectIdentification>",
  ].join("");
}

function coded(element: string, [code, meaning]: Coded, scheme = "DCM"): string {
  return `<${element}${attributes({ "csd-code": code, codeSystemName: scheme, originalText: meaning })}/>`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
}

// XML 1.0 § 2.2: what is no character of XML goes; the rest is what it was.
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
