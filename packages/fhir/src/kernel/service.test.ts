import { expect, test } from "vitest";
import { structureFaults } from "../scratch/structure.ts";
import { capabilityStatement } from "./capability-statement.ts";
import { structureDefinitions } from "./extensions.ts";
import { issueTypeOf, operationOutcome, searchOutcome } from "./operation-outcome.ts";
import { searchBundle } from "./search-bundle.ts";

test("a CapabilityStatement says of each type what the table says", () => {
  const statement = capabilityStatement({
    software: { name: "Fiducial", version: "0.1.0" },
    date: "2026-01-01",
    says: "A node.",
    securitySays: "Sign in.",
    types: [
      {
        type: "ImagingStudy",
        says: "Studies.",
        parameters: {
          _id: { type: "token", says: "The id." },
          patient: { type: "reference", says: "The patient." },
          "patient.identifier": { type: "token", says: "The patient's id." },
        },
      },
    ],
  });
  expect(structureFaults(statement)).toEqual([]);
  const [resource] = statement.rest?.[0]?.resource ?? [];
  expect(resource?.searchParam?.map(({ name, definition }) => [name, definition?.split("/").at(-1)])).toEqual([
    ["_id", "Resource-id"],
    ["patient", "clinical-patient"],
    ["patient.identifier", undefined],
  ]);
});

test("a Bundle without anything in it has no list, and one with more to come says where", () => {
  const empty = searchBundle({ base: "http://a", found: [], self: "http://a/Patient?_id=1" });
  expect(structureFaults(empty)).toEqual([]);
  expect(empty.entry).toBeUndefined();
  const outcome = searchOutcome({ code: "PARAMETER_UNKNOWN", says: "No.", http: 400 });
  const page = searchBundle({
    base: "http://a",
    found: [{ resourceType: "Patient", id: "1" }],
    outcome,
    self: "http://a/1",
    next: "http://a/2",
  });
  expect(structureFaults(page)).toEqual([]);
  expect(page.link?.map(({ relation }) => relation)).toEqual(["self", "next"]);
  expect(page.entry?.map(({ fullUrl, search }) => [fullUrl, search?.mode])).toEqual([
    ["http://a/Patient/1", "match"],
    [expect.stringMatching(/^urn:uuid:/), "outcome"],
  ]);
});

test("an OperationOutcome tells the code, its sentence, and the type that FHIR has for it", () => {
  const outcome = operationOutcome({ code: "PARAMETER_INVALID", says: "No.", http: 400, parameter: "started" });
  expect(structureFaults(outcome)).toEqual([]);
  expect(outcome.issue).toMatchObject([
    {
      severity: "error",
      code: "invalid",
      details: { coding: [{ code: "PARAMETER_INVALID" }] },
      expression: ["http.started"],
    },
  ]);
  const types = [404, 403, 401, 406, 410, 429, 503, 500, 400, 418].map((http) => issueTypeOf({ http }));
  expect(types).toEqual([
    "not-found",
    "forbidden",
    "login",
    "not-supported",
    "expired",
    "throttled",
    "transient",
    "exception",
    "invalid",
    "invalid",
  ]);
  expect(issueTypeOf({ http: 400, fhir: "too-costly" })).toBe("too-costly");
});

test("each extension of ours has a definition", () => {
  const definitions = structureDefinitions();
  expect(definitions.map(({ url }) => url)).toEqual([
    "urn:fiducial:fhir:receipt",
    "urn:fiducial:fhir:entry-index",
    "urn:fiducial:fhir:finding",
  ]);
  for (const definition of definitions) expect(structureFaults(definition)).toEqual([]);
});
