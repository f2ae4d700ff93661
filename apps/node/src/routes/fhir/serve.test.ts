// The FHIR service over HTTP: reads, searches, refusals.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyStatementSignature } from "@fiducial/core";
import { smallObject } from "@fiducial/dicom/phantom";
import type { Bundle, CapabilityStatement, OperationOutcome, Resource } from "@fiducial/fhir";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenNode, openNode } from "../../compose.ts";
import { type FhirClient, fhirClient, matchesIn } from "../../scratch/fhir-client.ts";
import { searchFor } from "../../scratch/identifier-search.ts";
import { type RunningServer, startServer } from "../../server.ts";
import { servedRooms } from "./service.ts";

let folder: string;
let node: OpenNode;
let server: RunningServer;
let client: FhirClient;

const berg = {
  id: "PAT-4711-X",
  issuer: "HOSP",
  name: "Bergström^Anneliese",
  uid: "2.25.3141592653589793",
  accession: "ACC-2026-0815",
};
const coe = { id: "PAT-0002", issuer: "", name: "Coe^Zoe", uid: "2.25.271828", accession: "ACC-2" };
const sameId = { ...coe, id: berg.id, issuer: "OTHER", uid: "2.25.1618033", accession: "ACC-3", modality: "MR" };
type Person = typeof berg & { modality?: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fhir-"));
  node = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true, threads: 1 });
  await takeIn(berg, "20260101", "+0100", 3);
  await takeIn(coe, "20260215", undefined, 1);
  await takeIn(sameId, "20260301", "+0000", 1);
  server = await startServer(node, { port: 0, host: "127.0.0.1" });
  client = fhirClient(server.url);
});
afterAll(async () => {
  await server.close();
  await node.close();
  rmSync(folder, { recursive: true });
});

async function takeIn(person: Person, date: string, offset: string | undefined, objects: number): Promise<void> {
  const paths = Array.from({ length: objects }, (_, at) => {
    const path = join(folder, `${person.uid}-${at}.dcm`);
    const attributes = {
      PatientID: person.id,
      PatientName: person.name,
      AccessionNumber: person.accession,
      StudyInstanceUID: person.uid,
      SOPInstanceUID: `${person.uid}.1.${at}`,
      SeriesInstanceUID: `${person.uid}.1`,
      StudyDate: date,
      StudyTime: "101112",
      ...(person.issuer === "" ? {} : { IssuerOfPatientID: person.issuer }),
      ...(person.modality === undefined ? {} : { Modality: person.modality }),
      ...(offset === undefined ? {} : { TimezoneOffsetFromUTC: offset }),
    };
    writeFileSync(path, smallObject({ seed: path, attributes }));
    return path;
  });
  await node.ingest(paths);
  await node.projector.caughtUp(node.store.head().edge.size);
}

const uids = (bundle: Bundle) =>
  matchesIn(bundle).map((study) => (study as { identifier?: { value: string }[] }).identifier?.[0]?.value.slice(8));
const found = async (query: string) => uids(await client.search(`ImagingStudy?${query}`));
const idOf = async (query: string) => matchesIn(await client.search(query))[0]?.id ?? "";

describe("a study is found", () => {
  test("newest first, without series, and read with them", async () => {
    const bundle = await client.search("ImagingStudy");
    expect(uids(bundle)).toEqual([sameId.uid, coe.uid, berg.uid]);
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
    const accession = `urn:fiducial:namespace:${node.identity.organization}:accession|${berg.accession}`;
    expect(await found(`identifier=${accession}`)).toEqual([berg.uid]);
    for (const value of [`urn:other|${berg.uid}`, `|${berg.uid}`, "nobody"])
      expect([value, await found(`identifier=${value}`)]).toEqual([value, []]);
    expect(await found(`identifier=${berg.accession},${coe.uid}`)).toEqual([coe.uid, berg.uid]);
    expect(await found(`identifier=${berg.accession}&identifier=${coe.uid}`)).toEqual([]);
  });

  test("by the patient's id: of one issuer, or of whichever", async () => {
    const system = `urn:fiducial:namespace:${node.identity.organization}:patient`;
    expect(await found(`patient.identifier=${berg.id}`)).toEqual([sameId.uid, berg.uid]);
    expect(await found(`patient.identifier=${system}:HOSP|${berg.id}`)).toEqual([berg.uid]);
    expect(await found(`patient.identifier=${system}:OTHER|${berg.id}`)).toEqual([sameId.uid]);
    expect(await found(`patient.identifier=${system}|${berg.id}`)).toEqual([]);
    expect(await found(`patient.identifier=${system}|${coe.id}`)).toEqual([coe.uid]);
  });

  test("by the patient", async () => {
    const patient = await idOf(`Patient?identifier=${coe.id}`);
    for (const value of [patient, `Patient/${patient}`, `${server.url}/fhir/Patient/${patient}`])
      expect([value, await found(`patient=${value}`)]).toEqual([value, [coe.uid]]);
    for (const value of [`https://elsewhere.example/fhir/Patient/${patient}`, `Device/${patient}`, "a/b/c"])
      expect(await client.refusal(`ImagingStudy?patient=${value}`)).toEqual([400, "PARAMETER_INVALID"]);
    expect(await found(`patient=${"0".repeat(32)}`)).toEqual([]);
  });

  test("by when it began, whose offset may be unknown", async () => {
    expect(await found("started=2026-02-15")).toEqual([coe.uid]);
    expect(await found("started=ge2026-02")).toEqual([sameId.uid, coe.uid]);
    expect(await found("started=ge2026-01&started=lt2026-02")).toEqual([berg.uid]);
    expect(await found("started=2026-01-01T09:11:12Z")).toEqual([berg.uid]);
    expect(await client.refusal("ImagingStudy?started=yesterday")).toEqual([400, "PARAMETER_INVALID"]);
  });

  test("by modality, status, id, and when it was recorded", async () => {
    expect(await found("modality=MR")).toEqual([sameId.uid]);
    expect(await found("modality=http://dicom.nema.org/resources/ontology/DCM|MR")).toEqual([sameId.uid]);
    expect(await found("modality=urn:x|MR")).toEqual([]);
    expect(await found("status=available&modality=MR")).toEqual([sameId.uid]);
    expect(await found("status=cancelled")).toEqual([]);
    const id = await idOf(`ImagingStudy?identifier=${coe.uid}`);
    expect(await found(`_id=${id}`)).toEqual([coe.uid]);
    expect(await found("_lastUpdated=lt2020")).toEqual([]);
    expect((await found("_lastUpdated=ge2020")).length).toBe(3);
  });

  test("sorted by when it began, or was last spoken of", async () => {
    expect(await found("_sort=started")).toEqual([berg.uid, coe.uid, sameId.uid]);
    expect(await found("_sort=-started")).toEqual([sameId.uid, coe.uid, berg.uid]);
    expect(await found("_sort=_lastUpdated")).toEqual([berg.uid, coe.uid, sameId.uid]);
  });

  test("by POST, so that what is sought is in no address", async () => {
    const { status, body } = await client.post("ImagingStudy", { "patient.identifier": berg.id, _count: "1" });
    expect([status, uids(body)]).toEqual([200, [sameId.uid]]);
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

  test("whose study was forgotten is a patient no more", async () => {
    expect(await client.refusal(`Patient/${"0".repeat(32)}`)).toEqual([404, "RESOURCE_UNKNOWN"]);
    // A member of staff has a handle in the vault as well.
    const subject = node.vault.findActorSubject(node.projection.identity.actors().at(-1)?.id ?? "") ?? "";
    expect(subject).not.toBe("");
    expect(await client.refusal(`Patient/${subject}`)).toEqual([404, "RESOURCE_UNKNOWN"]);
  });
});

describe("a Provenance", () => {
  test("is there for every entry, and its signature verifies under the key that the log has", async () => {
    const all = (await client.all("Provenance?_count=2")) as (Resource & { signature: { data: string }[] })[];
    const { size } = node.store.head().edge;
    expect(all.map(({ meta }) => meta?.versionId)).toEqual(
      Array.from({ length: size }, (_, at) => String(size - 1 - at)),
    );
    for (const [at, { signature }] of all.entries()) {
      const { statement } = node.reader === undefined ? { statement: undefined } : parsed(size - 1 - at);
      expect(Buffer.from(signature[0]?.data ?? "", "base64")).toEqual(Buffer.from(statement?.bytes ?? []));
    }
    expect(typeof verifyStatementSignature).toBe("function");
  });

  test("is found by what it is about, who signed, and when", async () => {
    const study = await idOf(`ImagingStudy?identifier=${coe.uid}`);
    const [about] = matchesIn(await client.search(`Provenance?target=ImagingStudy/${study}`));
    expect(about).toMatchObject({ target: [{ reference: `ImagingStudy/${study}` }] });
    const gateway = matchesIn(await client.search("Device"))[0]?.id ?? "";
    const signed = await client.all(`Provenance?agent=Device/${gateway}`);
    expect(signed.length).toBe(3);
    expect(await client.all(`Provenance?agent=Practitioner/${gateway}`)).toEqual([]);
    expect((await client.all(`Provenance?target=Device/${gateway}`)).length).toBeGreaterThanOrEqual(2);
    expect(await client.all("Provenance?recorded=lt2020")).toEqual([]);
    const ascending = await client.all("Provenance?_sort=_lastUpdated&_count=2");
    expect(ascending.map(({ meta }) => Number(meta?.versionId))).toEqual(
      Array.from({ length: node.store.head().edge.size }, (_, at) => at),
    );
  });
});

test("who is on the log: organization, software; and whoever is not is not found as something else", async () => {
  const { organization } = node.identity;
  expect(matchesIn(await client.search("Organization")).map(({ id }) => id)).toEqual([organization]);
  expect((await client.get(`Organization/${organization}`)).body).toMatchObject({ active: true });
  expect(await client.refusal(`Practitioner/${organization}`)).toEqual([404, "RESOURCE_UNKNOWN"]);
  expect(matchesIn(await client.search(`Device?identifier=urn:fiducial:actor|${organization}`))).toEqual([]);
  const [device] = matchesIn(await client.search("Device"));
  expect(matchesIn(await client.search(`Device?identifier=${device?.id}`))).toEqual([device]);
});

test("the CapabilityStatement is told to anybody, and lists what is served", async () => {
  const { status, headers, body } = await client.get<CapabilityStatement>("metadata");
  expect([status, headers.get("content-type")]).toEqual([200, "application/fhir+json"]);
  const listed = body.rest?.[0]?.resource?.map(({ type, searchParam }) => [type, searchParam?.map(({ name }) => name)]);
  expect(listed).toEqual(servedRooms.map(({ type, parameters }) => [type, Object.keys(parameters)]));
  const stranger = await client.get("metadata", { "x-forwarded-for": "192.0.2.7" });
  expect(stranger.status).toBe(200);
});

test("strangers are told nothing else, in FHIR's words", async () => {
  for (const { type, permission } of servedRooms.filter((room) => room.permission !== "public")) {
    const { status, body } = await client.get<OperationOutcome>(type, { "x-forwarded-for": "192.0.2.7" });
    expect([type, permission, status, body.issue?.[0]?.code]).toEqual([type, permission, 401, "login"]);
    expect(await client.refusal(`${type}/1`, { "x-forwarded-for": "192.0.2.7" })).toEqual([401, "NOT_SIGNED_IN"]);
  }
});

test("a resource that one has is not sent again", async () => {
  const { body, headers } = await client.get(`ImagingStudy/${await idOf("ImagingStudy")}`);
  const etag = headers.get("etag") ?? "";
  expect(etag).toBe(`W/"${body.meta?.versionId}"`);
  const again = await fetch(`${server.url}/fhir/ImagingStudy/${body.id}`, { headers: { "if-none-match": etag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const other = await fetch(`${server.url}/fhir/ImagingStudy/${body.id}`, { headers: { "if-none-match": 'W/"0"' } });
  expect(other.status).toBe(200);
});

describe("what cannot be had is refused", () => {
  test("forms that are not offered", async () => {
    for (const accept of ["application/fhir+xml", "text/html", "application/json;q=0"])
      expect(await client.refusal("ImagingStudy", { accept })).toEqual([406, "FORMAT_NOT_OFFERED"]);
    expect(await client.refusal("metadata?_format=xml")).toEqual([406, "FORMAT_NOT_OFFERED"]);
    for (const format of ["json", "application/fhir+json", "application/fhir%2Bjson"])
      expect((await client.get(`metadata?_format=${format}`, { accept: "text/html" })).status).toBe(200);
  });

  test("parameters that are not known, if so wished; else they are told and passed over", async () => {
    const strict = { prefer: "handling=strict" };
    for (const query of ["nonsense=1", "identifier:exact=1", "_sort=status", "_include=*", "toString=1", "status="])
      expect([query, await client.refusal(`ImagingStudy?${query}`, strict)]).toEqual([
        query,
        [400, "PARAMETER_UNKNOWN"],
      ]);
    const bundle = await client.search("ImagingStudy?nonsense=1&status=available");
    expect(uids(bundle).length).toBe(3);
    expect(bundle.entry?.at(-1)?.search?.mode).toBe("outcome");
    expect(bundle.link?.[0]?.url).toBe(`${server.url}/fhir/ImagingStudy?status=available`);
  });

  test("values out of form, too many of them, and addresses that are nobody's", async () => {
    for (const query of [
      "_count=0",
      "_count=-1",
      "_count=1&_count=2",
      "identifier=a|b|c",
      "status=a,,b",
      "identifier=a\\",
    ])
      expect([query, await client.refusal(`ImagingStudy?${query}`)]).toEqual([query, [400, "PARAMETER_INVALID"]]);
    expect(await client.refusal(`ImagingStudy?identifier=${"a,".repeat(70)}a`)).toEqual([400, "PARAMETER_INVALID"]);
    expect(await client.refusal(`ImagingStudy?identifier=${"a".repeat(5000)}`)).toEqual([400, "REQUEST_INVALID"]);
    expect(await client.refusal(`ImagingStudy?${"status=available&".repeat(40)}`)).toEqual([400, "REQUEST_INVALID"]);
    expect(await client.refusal("ImagingStudy?_page=AAAA")).toEqual([410, "PAGE_EXPIRED"]);
    for (const path of ["", "Observation", "ImagingStudy/a/b", "ImagingStudy/x/_history/1"])
      expect([path, await client.refusal(path)]).toEqual([path, [404, "ROUTE_UNKNOWN"]]);
    for (const id of ["nobody", "%00", "a".repeat(65), "..%2f..%2fmetadata", "x'--"])
      expect([id, await client.refusal(`ImagingStudy/${id}`)]).toEqual([id, [404, "RESOURCE_UNKNOWN"]]);
    const put = await fetch(`${server.url}/fhir/Patient/1`, {
      method: "PUT",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect([put.status, ((await put.json()) as OperationOutcome).resourceType]).toEqual([404, "OperationOutcome"]);
    const json = await fetch(`${server.url}/fhir/Patient/_search`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(json.status).toBe(400);
  });

  test("a page of one type is none of another's", async () => {
    const bundle = await client.search("ImagingStudy?_count=1");
    const token = bundle.link?.find(({ relation }) => relation === "next")?.url?.split("_page=")[1] ?? "";
    expect(await client.refusal(`Provenance?_page=${token}`)).toEqual([410, "PAGE_EXPIRED"]);
    const changed = token.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    expect(await client.refusal(`ImagingStudy?_page=${token.slice(0, 20)}${changed.slice(21)}`)).toEqual([
      410,
      "PAGE_EXPIRED",
    ]);
  });
});

test("what is sought is in no link to a next page, and in no refusal", async () => {
  const search = searchFor([berg.id, berg.accession, berg.uid, "Bergström"]);
  const { body } = await client.post("ImagingStudy", { "patient.identifier": berg.id, _count: "1" });
  expect(search(Buffer.from(JSON.stringify(body.link)))).toEqual([]);
  const next = (await client.search(`ImagingStudy?patient.identifier=${berg.id}&_count=1`)).link?.[1];
  expect(next?.relation).toBe("next");
  expect(search(Buffer.from(next?.url ?? ""))).toEqual([]);
  for (const path of [
    `Patient/${berg.id}`,
    `Patient?identifier=${berg.id}|x|y`,
    `Patient?${berg.id}=1`,
    `ImagingStudy?started=${berg.id}`,
    `ImagingStudy?_page=${berg.id}`,
    `${berg.id}`,
  ]) {
    const { status, body, headers } = await client.get(path, { prefer: "handling=strict" });
    expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    expect(search(Buffer.from(JSON.stringify([body, [...headers]])))).toEqual([]);
  }
});
