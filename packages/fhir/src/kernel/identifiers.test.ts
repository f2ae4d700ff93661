import fc from "fast-check";
import { expect, test } from "vitest";
import { accessionIdentifier, issuerOf, patientIdentifier, systemOf, uidIdentifier } from "./identifiers.ts";

const organization = "0123456789abcdef0123456789abcdef";

test("every patient's identifier names who assigned it", () => {
  const own = patientIdentifier(organization, { issuer: "", value: "4711" });
  expect(own).toMatchObject({
    system: `urn:fiducial:namespace:${organization}:patient`,
    value: "4711",
    assigner: { reference: `Organization/${organization}` },
  });
  const named = patientIdentifier(organization, { issuer: "HOSP A", value: "4711" });
  expect(named).toMatchObject({
    system: `urn:fiducial:namespace:${organization}:patient:HOSP%20A`,
    assigner: { display: "HOSP A" },
  });
  expect(patientIdentifier(organization, { issuer: "1.2.276.0.76", value: "4711" })?.system).toBe(
    "urn:oid:1.2.276.0.76",
  );
  expect(patientIdentifier(organization, { issuer: "https://hospital.example/mrn", value: "4711" })?.system).toBe(
    "https://hospital.example/mrn",
  );
});

test("UIDs and accession numbers have a system as well", () => {
  expect(uidIdentifier("1.2.3")).toEqual({ system: "urn:dicom:uid", value: "urn:oid:1.2.3" });
  expect(accessionIdentifier(organization, "A-1")).toMatchObject({
    system: `urn:fiducial:namespace:${organization}:accession`,
    value: "A-1",
  });
});

test("what FHIR cannot hold exactly is no identifier", () => {
  for (const value of ["", " 4711", "47\u000011", "\ud800"])
    expect(patientIdentifier(organization, { issuer: "", value })).toBeUndefined();
});

test("a system tells its issuer, and no two issuers have one system", () => {
  const issuers = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.constantFrom(
      "",
      "1.2.3",
      "urn:oid:1.2.3",
      "http://a.example/b",
      "urn:fiducial:namespace:x:patient",
      "a%20b",
      "(x)*!'~",
    ),
  );
  fc.assert(
    fc.property(issuers, issuers, (one, other) => {
      const system = systemOf(organization, "patient", one);
      expect(issuerOf(organization, "patient", system)).toBe(one);
      expect(system).toMatch(/^\S+$/);
      if (one !== other) expect(systemOf(organization, "patient", other)).not.toBe(system);
    }),
  );
});

test("another organization's system, another namespace and a system that is none mean nobody", () => {
  const system = systemOf(organization, "patient", "HOSP");
  expect(issuerOf("f".repeat(32), "patient", system)).toBeUndefined();
  expect(issuerOf(organization, "accession", system)).toBeUndefined();
  for (const text of ["", "4711", "urn:oid:x", `${systemOf(organization, "patient", "")}:`, `${system}%`])
    expect(issuerOf(organization, "patient", text)).toBeUndefined();
});
