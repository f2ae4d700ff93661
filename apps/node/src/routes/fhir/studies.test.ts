// Searches for studies and patients, by everything that the table says.
import type { Bundle, Resource } from "@fiducial/fhir";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FhirClient, matchesIn } from "../../scratch/fhir-client.ts";
import { berg, coe, type FhirHospital, fhirHospital, namesake } from "../../scratch/fhir-hospital.ts";

let hospital: FhirHospital;
let client: FhirClient;

beforeAll(async () => {
  hospital = await fhirHospital();
  client = hospital.client;
});
afterAll(() => hospital.close());

const uids = (bundle: Bundle) =>
  matchesIn(bundle).map((study) => (study as { identifier?: { value: string }[] }).identifier?.[0]?.value.slice(8));
const found = async (query: string) => uids(await client.search(`ImagingStudy?${query}`));
const idOf = async (query: string) => matchesIn(await client.search(query))[0]?.id ?? "";

describe("a study is found", () => {
  test("newest first, without series, and read with them", async () => {
    const bundle = await client.search("ImagingStudy");
    expect(uids(bundle)).toEqual([namesake.uid, coe.uid, berg.uid]);
    const listed = matchesIn(bundle).at(-1) as Resource & { series?: unknown };
    expect([listed.series, listed.meta?.tag?.[0]?.code]).toEqual([undefined, "SUBSETTED"]);
    const { body } = await client.get<Resource & { series?: unknown[] }>(`ImagingStudy/${listed.id}`);
    expect(body).toMatchObject({
      resourceType: "ImagingStudy",
      id: listed.id,
      started: "2026-01-01T10:11:12.000+01:00",
      numberOfInstances: 3,
      series: [{ uid: `${berg.uid}.1`, numberOfInstances: 3, instance: [{ uid: expect.any(String) }, {}, {}] }],
    });
  });

  test("by its UID, as such or as FHIR writes it, and by its accession number", async () => {
    for (const value of [berg.uid, `urn:oid:${berg.uid}`, `urn:dicom:uid|urn:oid:${berg.uid}`, berg.accession])
      expect([value, await found(`identifier=${value}`)]).toEqual([value, [berg.uid]]);
    const accession = `urn:fiducial:namespace:${hospital.node.identity.organization}:accession|${berg.accession}`;
    expect(await found(`identifier=${accession}`)).toEqual([berg.uid]);
    for (const value of [`urn:other|${berg.uid}`, `|${berg.uid}`, "nobody"])
      expect([value, await found(`identifier=${value}`)]).toEqual([value, []]);
    expect(await found(`identifier=${berg.accession},${coe.uid}`)).toEqual([coe.uid, berg.uid]);
    expect(await found(`identifier=${berg.accession}&identifier=${coe.uid}`)).toEqual([]);
  });

  test("by the patient's id: of one issuer, or of whichever", async () => {
    const system = `urn:fiducial:namespace:${hospital.node.identity.organization}:patient`;
    expect(await found(`patient.identifier=${berg.id}`)).toEqual([namesake.uid, berg.uid]);
    expect(await found(`patient.identifier=${system}:HOSP|${berg.id}`)).toEqual([berg.uid]);
    expect(await found(`patient.identifier=${system}:OTHER|${berg.id}`)).toEqual([namesake.uid]);
    expect(await found(`patient.identifier=${system}|${berg.id}`)).toEqual([]);
    expect(await found(`patient.identifier=${system}|${coe.id}`)).toEqual([coe.uid]);
  });

  test("by the patient", async () => {
    const patient = await idOf(`Patient?identifier=${coe.id}`);
    for (const value of [patient, `Patient/${patient}`, `${hospital.server.url}/fhir/Patient/${patient}`])
      expect([value, await found(`patient=${value}`)]).toEqual([value, [coe.uid]]);
    for (const value of [`https://elsewhere.example/fhir/Patient/${patient}`, `Device/${patient}`, "a/b/c"])
      expect(await client.refusal(`ImagingStudy?patient=${value}`)).toEqual([400, "PARAMETER_INVALID"]);
    expect(await found(`patient=${"0".repeat(32)}`)).toEqual([]);
  });

  test("by when it began, whose offset may be unknown", async () => {
    expect(await found("started=2026-02-15")).toEqual([coe.uid]);
    expect(await found("started=ge2026-02")).toEqual([namesake.uid, coe.uid]);
    expect(await found("started=ge2026-01&started=lt2026-02")).toEqual([berg.uid]);
    expect(await found("started=2026-01-01T09:11:12Z")).toEqual([berg.uid]);
    expect(await client.refusal("ImagingStudy?started=yesterday")).toEqual([400, "PARAMETER_INVALID"]);
  });

  test("by modality, status, id, and when it was recorded", async () => {
    expect(await found("modality=MR")).toEqual([namesake.uid]);
    expect(await found("modality=http://dicom.nema.org/resources/ontology/DCM|MR")).toEqual([namesake.uid]);
    expect(await found("modality=urn:x|MR")).toEqual([]);
    expect(await found("status=available&modality=MR")).toEqual([namesake.uid]);
    expect(await found("status=cancelled")).toEqual([]);
    const id = await idOf(`ImagingStudy?identifier=${coe.uid}`);
    expect(await found(`_id=${id}`)).toEqual([coe.uid]);
    expect(await found("_lastUpdated=lt2020")).toEqual([]);
    expect((await found("_lastUpdated=ge2020")).length).toBe(3);
  });

  test("sorted by when it began, or was last spoken of", async () => {
    expect(await found("_sort=started")).toEqual([berg.uid, coe.uid, namesake.uid]);
    expect(await found("_sort=-started")).toEqual([namesake.uid, coe.uid, berg.uid]);
    expect(await found("_sort=_lastUpdated")).toEqual([berg.uid, coe.uid, namesake.uid]);
  });

  test("by POST, so that what is sought is in no address", async () => {
    const { status, body } = await client.post("ImagingStudy", { "patient.identifier": berg.id, _count: "1" });
    expect([status, uids(body)]).toEqual([200, [namesake.uid]]);
    expect(JSON.stringify(body.link)).not.toContain(berg.id);
    expect(uids((await client.next(body)) as Bundle)).toEqual([berg.uid]);
  });
});

describe("a patient", () => {
  test("is found by an id, with whoever gave it, and by nothing else", async () => {
    const bundle = await client.search(`Patient?identifier=${coe.id}`);
    expect(matchesIn(bundle)).toMatchObject([
      { resourceType: "Patient", identifier: [{ value: coe.id }], name: [{ family: "Coe", given: ["Zoe"] }] },
    ]);
    expect(matchesIn(await client.search(`Patient?identifier=${berg.id}`)).length).toBe(2);
    expect(await client.refusal("Patient")).toEqual([400, "SEARCH_TOO_COSTLY"]);
  });

  test("is nobody whom the log has no study of", async () => {
    expect(await client.refusal(`Patient/${"0".repeat(32)}`)).toEqual([404, "RESOURCE_UNKNOWN"]);
    // A member of staff has a handle in the vault as well.
    const subject =
      hospital.node.vault.findActorSubject(hospital.node.projection.identity.actors().at(-1)?.id ?? "") ?? "";
    expect(subject).not.toBe("");
    expect(await client.refusal(`Patient/${subject}`)).toEqual([404, "RESOURCE_UNKNOWN"]);
  });
});
