// One event, and the audit message that is made of it.
import { describe, expect, test } from "vitest";
import { auditMessage } from "./audit-message.ts";
import { securityEvents } from "./event-table.ts";
import { type EventFacts, securityEvent } from "./security-event.ts";
import { eventOfKind } from "./statement-events.ts";

const source = { origin: "fiducial.local/0123456789abcdef", organization: "0".repeat(32) };

describe("an event", () => {
  test("keeps facts of their shape, and drops everything else", () => {
    const good: EventFacts = {
      outcome: "refused",
      address: "10.0.0.1",
      route: "/api/v1/studies/:study",
      code: "NOT_ALLOWED",
      kind: "identity.role.granted",
      statementId: "a".repeat(64),
      index: 3,
      actor: { type: "machine", aeTitle: "CT1", role: "auditor", handle: "b".repeat(32) },
    };
    expect(securityEvent("REQUEST_REFUSED", good, 0)).toEqual({
      ...good,
      id: expect.any(String),
      event: "REQUEST_REFUSED",
      at: "1970-01-01T00:00:00.000Z",
    });
    const name = "DOE^JANE";
    const bad = {
      outcome: name,
      address: name,
      route: `/api?${name}`,
      code: name,
      kind: name,
      statementId: name,
      index: name,
      patient: name,
      actor: { type: "person", handle: name, role: name, name },
    };
    expect(securityEvent("REQUEST_REFUSED", bad as never, 0)).toEqual({
      id: expect.any(String),
      event: "REQUEST_REFUSED",
      at: expect.any(String),
      outcome: "success",
      actor: { type: "person" },
    });
  });

  test("has a row for every statement that concerns security", () => {
    expect(
      [
        "identity.role.granted",
        "identity.key.revoked",
        "imaging.study.registered",
        "imaging.hold.placed",
        "imaging.study.destroyed",
        "access.performed.recorded",
        "trials.site.opened",
      ].map(eventOfKind),
    ).toEqual([
      "ROLES_CHANGED",
      "MEMBER_CHANGED",
      "OBJECTS_REGISTERED",
      "OBJECTS_CHANGED",
      "STUDY_DESTROYED",
      "OBJECTS_ACCESSED",
      undefined,
    ]);
  });
});

describe("an audit message", () => {
  test("is what PS3.15 A.5 says, element by element", () => {
    const event = securityEvent(
      "REQUEST_REFUSED",
      {
        outcome: "refused",
        code: "NOT_ALLOWED",
        route: "/api/v1/studies",
        address: "10.0.0.1",
        actor: { type: "anonymous" },
      },
      0,
    );
    expect(auditMessage(event, source)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?><AuditMessage>',
        '<EventIdentification EventActionCode="E" EventDateTime="1970-01-01T00:00:00.000Z" EventOutcomeIndicator="4">',
        '<EventID csd-code="110113" codeSystemName="DCM" originalText="Security Alert"/>',
        '<EventTypeCode csd-code="110132" codeSystemName="DCM" originalText="Use of Restricted Function"/>',
        "<EventOutcomeDescription>NOT_ALLOWED</EventOutcomeDescription></EventIdentification>",
        '<ActiveParticipant UserID="anonymous" UserIsRequestor="true" NetworkAccessPointID="10.0.0.1" NetworkAccessPointTypeCode="2"></ActiveParticipant>',
        '<ActiveParticipant UserID="fiducial.local/0123456789abcdef" UserIsRequestor="false"><RoleIDCode csd-code="110150" codeSystemName="DCM" originalText="Application"/></ActiveParticipant>',
        '<AuditSourceIdentification AuditEnterpriseSiteID="00000000000000000000000000000000" AuditSourceID="fiducial.local/0123456789abcdef"><AuditSourceTypeCode csd-code="4"/></AuditSourceIdentification>',
        '<ParticipantObjectIdentification ParticipantObjectID="/api/v1/studies" ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="13"><ParticipantObjectIDTypeCode csd-code="route" codeSystemName="99FIDUCIAL" originalText="Route"/><ParticipantObjectName>/api/v1/studies</ParticipantObjectName></ParticipantObjectIdentification>',
        "</AuditMessage>",
      ].join(""),
    );
  });

  test("of every event is well-formed, and one line", async () => {
    for (const code of Object.keys(securityEvents) as (keyof typeof securityEvents)[]) {
      const event = securityEvent(
        code,
        {
          statementId: "a".repeat(64),
          kind: "identity.role.granted",
          index: 1,
          actor: { type: "machine", aeTitle: `A<&">'B` },
        },
        0,
      );
      const text = auditMessage(event, source);
      expect(wellFormed(text), text).toBe(true);
      expect(text).not.toMatch(/[\n\r]/);
    }
  });
});

// Tags in pairs and nothing bare between them: as much of XML 1.0 as an audit message uses.
function wellFormed(text: string): boolean {
  const open: string[] = [];
  const rest = text
    .replace(/^<\?xml [^?]*\?>/, "")
    .replaceAll(
      /<(\/?)([A-Za-z]+)((?: [A-Za-z-]+="[^"<]*")*)(\/?)>/g,
      (_, end: string, name: string, __: string, alone: string) => {
        if (end === "/") return open.pop() === name ? "" : "<";
        if (alone === "") open.push(name);
        return "";
      },
    );
  return open.length === 0 && !/[<>"]|&(?!amp;|lt;|gt;|quot;)/.test(rest.replaceAll(/&(?:amp|lt|gt|quot);/g, ""));
}
