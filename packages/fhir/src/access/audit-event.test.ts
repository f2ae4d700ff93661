// IHE BALP 1.1, "Read" and "PatientRead": the rules of the profiles, written once more as a list.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditEvent } from "@medplum/fhirtypes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import { handle, statementId, structureFaults, utcTime } from "../scratch/structure.ts";
import { type AccessFact, auditEventOf } from "./audit-event.ts";

const fact: AccessFact = {
  id: "ab".repeat(32),
  index: 9,
  recordedAt: "2026-02-03T04:05:06.789Z",
  at: "2026-02-03T04:05:00.000Z",
  action: "view",
  who: { type: "person", actor: "12".repeat(16), isOnLog: true },
  roles: ["radiologist"],
  purpose: "TREAT",
  outcome: "permitted",
  what: "images",
  study: "34".repeat(16),
  patient: "56".repeat(16),
  gateway: "78".repeat(16),
};

const dicom = "http://dicom.nema.org/resources/ontology/DCM";
const entity = (event: AuditEvent, type: string, role: string) =>
  event.entity?.filter((one) => one.type?.code === type && one.role?.code === role) ?? [];
const agents = (event: AuditEvent, system: string, code: string) =>
  event.agent.filter(({ type }) => type?.coding?.some((coding) => coding.system === system && coding.code === code));

/** Each rule of the profile Read, and whether an event keeps it. */
const readRules: Readonly<Record<string, (event: AuditEvent) => boolean>> = {
  "the type is rest": ({ type }) => type.code === "rest" && type.system?.endsWith("/audit-event-type") === true,
  "the action is R": ({ action }) => action === "R",
  "a subtype is the interaction read or vread": ({ subtype }) =>
    subtype?.some(
      ({ system, code }) => system?.endsWith("restful-interaction") && ["read", "vread"].includes(code ?? ""),
    ) === true,
  "it has a time and an outcome": ({ recorded, outcome }) => recorded !== undefined && outcome !== undefined,
  "it has two agents at least": ({ agent }) => agent.length >= 2,
  "one client, at the destination, with network": (event) =>
    agents(event, dicom, "110152").filter(({ who, network }) => who !== undefined && network !== undefined).length ===
    1,
  "one server, at the source, with network": (event) =>
    agents(event, dicom, "110153").filter(({ who, network }) => who !== undefined && network !== undefined).length ===
    1,
  "a user asks and has no network": (event) =>
    agents(event, "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP").every(
      ({ requestor, network, who }) => requestor && network === undefined && who !== undefined,
    ),
  "one entity is the data": (event) => entity(event, "2", "4").filter(({ what }) => what !== undefined).length === 1,
};
const patientRule = (event: AuditEvent) =>
  entity(event, "1", "1").filter(({ what }) => what?.reference !== undefined).length === 1;

function broken(event: AuditEvent): string[] {
  return Object.entries(readRules).flatMap(([rule, holds]) => (holds(event) ? [] : [rule]));
}

describe("an AuditEvent of a read", () => {
  test("keeps the rules of BALP's PatientRead, and says so", () => {
    const event = auditEventOf(fact);
    expect(structureFaults(event)).toEqual([]);
    expect(broken(event)).toEqual([]);
    expect(patientRule(event)).toBe(true);
    expect(event.meta?.profile?.[0]).toMatch(/\/IHE\.BasicAudit\.PatientRead$/);
  });

  test("says Read when nobody knows the patient any more, and nothing when BALP's pattern does not fit", () => {
    const { patient: _, ...unknown } = fact;
    expect(broken(auditEventOf(unknown))).toEqual([]);
    expect(auditEventOf(unknown).meta?.profile?.[0]).toMatch(/\/IHE\.BasicAudit\.Read$/);
    for (const action of ["search", "verify", "export"] as const)
      expect(auditEventOf({ ...fact, action }).meta?.profile).toBeUndefined();
    expect(auditEventOf({ ...fact, outcome: "refused" }).meta?.profile).toBeUndefined();
  });

  test("tells who asked, in which role and why, and how it came out", () => {
    const user = (event: AuditEvent) => event.agent.find(({ requestor }) => requestor);
    expect(user(auditEventOf(fact))).toMatchObject({
      who: { reference: `Practitioner/${fact.who.actor}` },
      role: [{ coding: [{ code: "radiologist" }] }],
      purposeOfUse: [{ coding: [{ code: "TREAT" }] }],
    });
    expect(auditEventOf(fact).outcome).toBe("0");
    expect(auditEventOf({ ...fact, outcome: "refused" }).outcome).toBe("4");
    const machine = { type: "machine", actor: "9".repeat(32), isOnLog: false } as const;
    expect(user(auditEventOf({ ...fact, who: machine }))?.who).toMatchObject({ identifier: { value: machine.actor } });
    expect(user(auditEventOf({ ...fact, who: { type: "operator", isOnLog: false } }))?.who?.display).toBeDefined();
  });

  test("that claims a profile keeps its rules, and is well-formed, whatever the facts", () => {
    const facts = fc.record({
      id: statementId,
      index: fc.nat(),
      recordedAt: utcTime,
      at: utcTime,
      action: fc.constantFrom(
        "view" as const,
        "search" as const,
        "retrieve" as const,
        "verify" as const,
        "export" as const,
      ),
      who: fc.record({
        type: fc.constantFrom("person" as const, "machine" as const, "operator" as const),
        actor: fc.option(handle, { nil: undefined }),
        isOnLog: fc.boolean(),
      }),
      roles: fc.array(fc.constantFrom("radiologist", "auditor"), { maxLength: 2 }),
      purpose: fc.constantFrom("TREAT", "ETREAT", "BTG", "HSYSADMIN"),
      outcome: fc.constantFrom("permitted" as const, "refused" as const),
      what: fc.constantFrom("study-list", "study", "images"),
      study: fc.option(handle, { nil: undefined }),
      patient: fc.option(handle, { nil: undefined }),
      gateway: handle,
    });
    fc.assert(
      fc.property(facts, (any) => {
        const event = auditEventOf(any);
        expect(structureFaults(event)).toEqual([]);
        if (event.meta?.profile !== undefined) expect(broken(event)).toEqual([]);
      }),
    );
  });
});

const shared = sharedData();
// Without the examples nobody knows whether the rules above are the profile's.
test.skipIf(shared === undefined)("IHE's own examples of reads keep these rules", () => {
  const folder = join(shared as string, "fhir");
  const files = readdirSync(folder).filter((name) =>
    /^balp-ex-auditbasicread(server|client|nopatient)\.json$/.test(name),
  );
  expect(files.length).toBe(3);
  for (const file of files) {
    const event = JSON.parse(readFileSync(join(folder, file), "utf8")) as AuditEvent;
    expect([file, broken(event)]).toEqual([file, []]);
    expect([file, patientRule(event)]).toEqual([file, !file.includes("nopatient")]);
  }
});
