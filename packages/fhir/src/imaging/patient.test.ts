import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText, handle, maybeText, structureFaults, utcTime } from "../scratch/structure.ts";
import { endpointOf } from "./endpoint.ts";
import { humanNameOf, patientOf } from "./patient.ts";

test("a Patient has the id with whoever gave it, and the name in its parts", () => {
  const patient = patientOf({
    patient: "ab".repeat(16),
    organization: "cd".repeat(16),
    index: 3,
    recordedAt: "2026-02-03T04:05:06.789Z",
    id: { issuer: "HOSP", value: "4711" },
    name: "Bergström^Anneliese^Maria^Dr.^MD",
  });
  expect(structureFaults(patient)).toEqual([]);
  expect(patient).toMatchObject({
    identifier: [{ value: "4711", assigner: { display: "HOSP" } }],
    name: [{ family: "Bergström", given: ["Anneliese", "Maria"], prefix: ["Dr."], suffix: ["MD"] }],
    managingOrganization: { reference: `Organization/${"cd".repeat(16)}` },
  });
});

test.each([
  ["Yamada^Tarou=山田^太郎=やまだ^たろう", { family: "Yamada", given: ["Tarou"] }],
  ["=山田^太郎", { family: "山田", given: ["太郎"] }],
  ["^Anneliese", { given: ["Anneliese"] }],
  ["^^", undefined],
  ["", undefined],
  [undefined, undefined],
])("the name %s", (text, name) => expect(humanNameOf(text)).toEqual(name));

test("a Patient is well-formed whatever the headers hold", () => {
  const facts = fc.record({
    patient: handle,
    organization: handle,
    index: fc.nat(),
    recordedAt: utcTime,
    id: fc.option(fc.record({ issuer: anyText, value: anyText }), { nil: undefined }),
    name: maybeText,
  });
  fc.assert(fc.property(facts, (fact) => structureFaults(patientOf(fact)).length === 0));
});

test("the Endpoint of DICOMweb", () => {
  const endpoint = endpointOf({ address: "http://localhost:8080/dicomweb", organization: "cd".repeat(16) });
  expect(structureFaults(endpoint)).toEqual([]);
  expect(endpoint).toMatchObject({
    address: "http://localhost:8080/dicomweb",
    connectionType: { code: "dicom-wado-rs" },
  });
});
