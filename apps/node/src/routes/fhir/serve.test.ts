// The FHIR service over HTTP: what it says of itself, whom it tells nothing, what it refuses.
import type { Bundle, CapabilityStatement, OperationOutcome } from "@fiducial/fhir";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FhirClient, matchesIn } from "../../scratch/fhir-client.ts";
import { berg, type FhirHospital, fhirHospital } from "../../scratch/fhir-hospital.ts";
import { searchFor } from "../../scratch/identifier-search.ts";
import { servedRooms } from "./service.ts";

let hospital: FhirHospital;
let client: FhirClient;

beforeAll(async () => {
  hospital = await fhirHospital();
  client = hospital.client;
});
afterAll(() => hospital.close());

const uids = (bundle: Bundle) =>
  matchesIn(bundle).map((study) => (study as { identifier?: { value: string }[] }).identifier?.[0]?.value.slice(8));
const idOf = async (query: string) => matchesIn(await client.search(query))[0]?.id ?? "";

test("who is on the log: organization, software; and whoever is not is not found as something else", async () => {
  const { organization } = hospital.node.identity;
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
  const stranger = await hospital.stranger.get("metadata");
  expect(stranger.status).toBe(200);
});

test("strangers are told nothing else, in FHIR's words", async () => {
  for (const { type, permission } of servedRooms.filter((room) => room.permission !== "public")) {
    const { status, body } = await hospital.stranger.get<OperationOutcome>(type);
    expect([type, permission, status, body.issue?.[0]?.code]).toEqual([type, permission, 401, "login"]);
    expect(await hospital.stranger.refusal(`${type}/1`)).toEqual([401, "NOT_SIGNED_IN"]);
  }
});

test("a resource that one has is not sent again", async () => {
  const { body, headers } = await client.get(`ImagingStudy/${await idOf("ImagingStudy")}`);
  const etag = headers.get("etag") ?? "";
  expect(etag).toBe(`W/"${body.meta?.versionId}"`);
  const again = await hospital.request(`ImagingStudy/${body.id}`, {
    headers: { "if-none-match": etag },
  });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const other = await hospital.request(`ImagingStudy/${body.id}`, {
    headers: { "if-none-match": 'W/"0"' },
  });
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
    expect(bundle.link?.[0]?.url).toBe(`${hospital.server.url}/fhir/ImagingStudy?status=available`);
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
    const put = await hospital.request(`Patient/1`, {
      method: "PUT",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect([put.status, ((await put.json()) as OperationOutcome).resourceType]).toEqual([405, "OperationOutcome"]);
    const json = await hospital.request(`Patient/_search`, {
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
