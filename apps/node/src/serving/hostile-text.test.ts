// Text of images that is markup, or a formula: no answer makes a page or a calculation of it.
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { cell } from "../routes/access-export.ts";
import { serve, soon } from "../scratch/scratch-server.ts";

const markup = `<img src=x onerror=alert(1)>"'&<!--`;
const uid = "2.25.666";

test("markup in patient, study, series and equipment is text in JSON, of no browser's making, everywhere", async () => {
  const { client, request } = await serve({});
  const { intake } = await client.openIntake();
  const attributes = {
    ...{ PatientName: `${markup}^Jane`, PatientID: markup, StudyDescription: markup, SeriesDescription: markup },
    ...{ AccessionNumber: "<b>1</b>", InstitutionName: markup, StudyInstanceUID: uid, ManufacturerModelName: markup },
  };
  await client.takeObject(intake, new Blob([new Uint8Array(smallObject({ seed: "markup", attributes }))]));
  await client.registerIntake(intake);
  const [{ study = "", description } = {}] = (await client.studies()).studies;
  expect(description).toBe(markup);
  const answers = [
    ...[`/api/v1/studies/${study}`, "/api/v1/studies", "/api/v1/entries", `/api/v1/accesses`],
    ...["/fhir/ImagingStudy", `/fhir/ImagingStudy/${study}`, "/fhir/Patient?identifier=x", "/fhir/Provenance"],
    ...[`/dicomweb/studies?StudyInstanceUID=${uid}`, `/dicomweb/studies/${uid}/metadata`],
    ...[`/${markup}`, `/fhir/${encodeURIComponent(markup)}`, `/api/v1/studies/${encodeURIComponent(markup)}`],
  ];
  for (const path of answers) {
    const { headers, status } = await request(path, { headers: { accept: "*/*" } });
    expect([path, status, headers.get("content-type")]).toEqual([
      path,
      status,
      expect.stringMatching(/^application\/(?:[a-z]+\+)?json(?:; charset=utf-8)?$/),
    ]);
    expect([path, headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
    expect([path, headers.get("content-security-policy")]).toEqual([
      path,
      expect.stringContaining("script-src 'self'"),
    ]);
  }
  // FHIR R4 § 2.4.1: a narrative is XHTML, which pages put in as it is. There is none.
  for (const path of ["/fhir/ImagingStudy", "/fhir/Provenance", "/fhir/Device", "/fhir/Organization"])
    expect(narratives(await (await request(path)).json())).toEqual([]);
});

test("what begins like a formula is none in a spreadsheet, wherever it came from", async () => {
  const { client, request } = await serve({});
  for (const name of [`=HYPERLINK("http://evil.example")`, "+1", "-1+1", "@SUM(1)"]) {
    const { client: id, secret } = await client.addTokenClient({ name, scopes: ["studies.read"] });
    const { access_token: token } = await client.token({ client: id, secret });
    await (await request("/api/v1/studies", { headers: { authorization: `Bearer ${token}` } })).text();
  }
  const names = await soon(async () => {
    const csv = await client.accessesExport("csv");
    expect(csv.match(/machine/g)?.length).toBeGreaterThanOrEqual(4);
    return csv;
  });
  for (const shown of [`"'=HYPERLINK(""http://evil.example"")"`, `"'+1"`, `"'-1+1"`, `"'@SUM(1)"`])
    expect(names).toContain(shown);
  for (const first of ["=", "+", "-", "@", "\t", "\r", "\n"]) expect(cell(`${first}1`)).toBe(`"'${first}1"`);
});

function narratives(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === "div" ? [inner] : narratives(inner)));
}
