// Searches that nobody in good faith asks: whatever is in them, the answer is a Bundle or a refusal in FHIR's words, and soon.
import type { OperationOutcome, Resource } from "@fiducial/fhir";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FhirHospital, fhirHospital } from "../../scratch/fhir-hospital.ts";
import { servedRooms } from "./service.ts";

let hospital: FhirHospital;
beforeAll(async () => {
  hospital = await fhirHospital();
});
afterAll(() => hospital.close());

const names = servedRooms.flatMap(({ parameters }) => Object.keys(parameters));
const name = fc.oneof(
  fc.constantFrom(...names, "_count", "_sort", "_page", "_format", "__proto__", "constructor"),
  fc.string({ maxLength: 10 }),
);
const value = fc.oneof(
  fc.constantFrom(
    "",
    ",",
    "\\",
    "|",
    "a|",
    "|a",
    "\\,",
    "ge2026",
    "eq9999-12-31",
    "-started",
    "Patient/",
    "../..",
    "0".repeat(32),
    "é".repeat(40),
  ),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.stringMatching(/^[0-9a-f]{32}$/),
  fc.stringMatching(/^[0-9a-f]{64}$/),
);
const query = fc.array(fc.tuple(name, value), { maxLength: 6 });

test("every search of every type is answered or refused, never failed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...servedRooms.map(({ type }) => type)),
      query,
      fc.boolean(),
      async (type, pairs, byForm) => {
        const text = new URLSearchParams(pairs).toString();
        const form = { method: "POST", body: text, headers: { "content-type": "application/x-www-form-urlencoded" } };
        const answer = await (byForm ? hospital.request(`${type}/_search`, form) : hospital.request(`${type}?${text}`));
        const body = (await answer.json()) as Resource;
        expect([text, answer.status < 500]).toEqual([text, true]);
        expect([text, body.resourceType]).toEqual([text, answer.status === 200 ? "Bundle" : "OperationOutcome"]);
      },
    ),
    { numRuns: 400 },
  );
});

test("ids of any form are ids of nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...servedRooms.map(({ type }) => type)), value, async (type, id) => {
      fc.pre(id !== "" && !/^\.{1,2}$/.test(id));
      const answer = await hospital.request(`${type}/${encodeURIComponent(id.toWellFormed())}`);
      const body = (await answer.json()) as OperationOutcome;
      expect([id, answer.status, body.resourceType]).toEqual([id, expect.any(Number), "OperationOutcome"]);
      expect([id, answer.status === 404 || answer.status === 400]).toEqual([id, true]);
    }),
    { numRuns: 200 },
  );
});

test("a form that is too large is not read", async () => {
  const answer = await hospital.request("Patient/_search", {
    method: "POST",
    body: "a".repeat(100_000),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect([answer.status, ((await answer.json()) as OperationOutcome).issue?.[0]?.code]).toEqual([413, "too-long"]);
});
