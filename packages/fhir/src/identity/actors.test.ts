import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText, handle, maybeText, structureFaults, utcTime } from "../scratch/structure.ts";
import { deviceOf, organizationOf, practitionerOf, practitionerRoleOf } from "./actors.ts";

const fact = {
  actor: "ab".repeat(16),
  organization: "cd".repeat(16),
  index: 3,
  recordedAt: "2026-02-03T04:05:06.789Z",
  retired: false,
  name: "CT 2",
};

test("a Device has what tells one from another", () => {
  const device = deviceOf({ ...fact, type: "device", manufacturer: "M", model: "X1", serial: "77", version: "2.1" });
  expect(structureFaults(device)).toEqual([]);
  expect(device).toMatchObject({
    status: "active",
    manufacturer: "M",
    modelNumber: "X1",
    serialNumber: "77",
    version: [{ value: "2.1" }],
    deviceName: [{ name: "CT 2" }],
    type: { coding: [{ code: "device" }] },
    owner: { reference: `Organization/${fact.organization}` },
  });
});

test("software and AI products are Devices too, and say what they are", () => {
  for (const type of ["software", "ai"] as const)
    expect(deviceOf({ ...fact, type }).type?.coding?.[0]?.code).toBe(type);
});

test("whoever is retired is not active", () => {
  const retired = { ...fact, retired: true, roles: ["radiologist"], type: "ai" as const };
  expect(organizationOf(retired).active).toBe(false);
  expect(practitionerOf(retired).active).toBe(false);
  expect(practitionerRoleOf(retired).active).toBe(false);
  expect(deviceOf(retired).status).toBe("inactive");
});

test("a PractitionerRole has every role held now; without one it is not active", () => {
  const held = practitionerRoleOf({ ...fact, roles: ["radiologist", "auditor"] });
  expect(held).toMatchObject({ active: true, practitioner: { reference: `Practitioner/${fact.actor}` } });
  expect(held.code?.map(({ coding }) => coding?.[0]?.code)).toEqual(["radiologist", "auditor"]);
  expect(practitionerRoleOf({ ...fact, roles: [] })).toMatchObject({ active: false });
});

test("all are well-formed whatever they are called", () => {
  const facts = fc.record({
    actor: handle,
    organization: handle,
    index: fc.nat(),
    recordedAt: utcTime,
    retired: fc.boolean(),
    name: maybeText,
    roles: fc.array(fc.constantFrom("radiologist", "auditor"), { maxLength: 2 }),
    type: fc.constantFrom("device" as const, "software" as const, "ai" as const),
    manufacturer: maybeText,
    model: maybeText,
    serial: maybeText,
    version: anyText,
  });
  fc.assert(
    fc.property(facts, (any) => {
      for (const made of [organizationOf(any), practitionerOf(any), practitionerRoleOf(any), deviceOf(any)])
        expect(structureFaults(made)).toEqual([]);
    }),
  );
});
