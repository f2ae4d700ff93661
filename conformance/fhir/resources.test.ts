// What validators of others say of every resource that a node gives: HAPI FHIR (Java), and the npm package `fhir`. FHIR R4 (4.0.1).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Resource } from "@fiducial/fhir";
import { Fhir } from "fhir";
import { describe, expect, test } from "vitest";
import { pydicomData, sharedData } from "../../scripts/shared-data.ts";
import { type Issue, javaValidator } from "./java-validator.ts";
import { servedResources } from "./served-resources.ts";

const shared = sharedData();
const files = shared === undefined ? pydicomData() : join(shared, "dicom", "valid");
const hapi = await javaValidator(import.meta.dirname);

/** For each type, what cannot be left out. */
const required: Readonly<Record<string, string>> = {
  AuditEvent: "source",
  Bundle: "type",
  CapabilityStatement: "fhirVersion",
  Endpoint: "address",
  ImagingStudy: "subject",
  OperationOutcome: "issue",
  Provenance: "target",
  StructureDefinition: "url",
};

/** Each type's first resource, without what it must have; and those that must have nothing, with what they must not. */
function broken(resources: readonly Resource[]): Resource[] {
  const types = new Map(resources.map((resource) => [resource.resourceType as string, resource]));
  return [...types].map(([type, resource]) => {
    const member = required[type];
    if (member === undefined) return { ...resource, inventedMember: 1 } as unknown as Resource;
    const { [member]: _, ...rest } = resource as Resource & Record<string, unknown>;
    return rest as unknown as Resource;
  });
}

const typesIn = (resources: readonly Resource[]) =>
  [...new Set(resources.map(({ resourceType }) => resourceType as string))].sort();
const allTypes = [
  "AuditEvent",
  "Bundle",
  "CapabilityStatement",
  "Device",
  "Endpoint",
  "ImagingStudy",
  "OperationOutcome",
  "Organization",
  "Patient",
  "Practitioner",
  "PractitionerRole",
  "Provenance",
  "StructureDefinition",
];

describe("every resource that a node gives", () => {
  test("is sound to the npm package fhir, which finds what is broken", async () => {
    const resources = await servedResources(files);
    expect(typesIn(resources)).toEqual(allTypes);
    expect(faultsByNpm(resources)).toEqual([]);
    const bad = broken(resources);
    expect(bad.filter((resource) => faultsByNpm([resource]).length === 0)).toEqual([]);
  });

  // Java, Maven and HAPI's packages are not on every machine. One run, as it takes long to begin.
  test.skipIf(hapi === undefined)(
    "is sound to HAPI FHIR, which finds what is broken and takes published examples",
    async () => {
      const resources = await servedResources(files);
      const [bad, examples] = [broken(resources), publishedExamples()];
      const issues = (await hapi?.([...resources, ...examples, ...bad])) ?? [];
      const faults = issues.map((each) => each.filter((issue) => isFault(issue) && !isBeyondIt(issue)));
      expect(faults.length).toBe(resources.length + examples.length + bad.length);
      const told = [...resources, ...examples].flatMap(({ resourceType, id }, at) =>
        (faults[at] ?? []).map(({ place, says }) => `${resourceType}/${id} ${place}: ${says}`),
      );
      expect(told).toEqual([]);
      const unnoticed = bad.filter((_, at) => faults.at(at - bad.length)?.length === 0);
      expect(unnoticed.map(({ resourceType }) => resourceType)).toEqual([]);
    },
  );
});

// HL7's and IHE's own, of these types: a validator that refused them would say nothing about ours.
function publishedExamples(): Resource[] {
  if (shared === undefined) return [];
  const folder = join(shared, "fhir");
  const names = readdirSync(folder).filter((name) =>
    /^(r4-(imagingstudy|auditevent|provenance|endpoint)|balp-ex-audit).*\.json$/.test(name),
  );
  expect(names.length).toBeGreaterThan(5);
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Resource);
}

function isFault({ severity }: Pick<Issue, "severity">): boolean {
  return severity === "error" || severity === "fatal";
}

/** Modalities of PS3.16 CID 33 that DICOM defined after the copy of its codes which HAPI FHIR brings along. */
const newerModalities = ["ANN", "DOC", "RWV"];

// What HAPI FHIR cannot judge without a network: newer codes, and whether a definition builds on one of a package.
function isBeyondIt({ place, says }: Issue): boolean {
  const code = /\.modality(\[\d+\])?$/.test(place) ? /#([A-Z]+)'$/.exec(says)?.[1] : undefined;
  if (code !== undefined) return newerModalities.includes(code);
  return place.includes("StructureDefinition") && says.includes("Unable to resolve package id hl7.fhir.r4.core");
}

function faultsByNpm(resources: readonly Resource[]): string[] {
  const validator = new Fhir();
  return resources.flatMap((resource) =>
    validator
      .validate(JSON.stringify(resource), { errorOnUnexpected: true })
      .messages.flatMap(({ severity, location, message }) =>
        severity === "error" || severity === "fatal" ? [`${resource.resourceType} ${location}: ${message}`] : [],
      ),
  );
}
