// Who was forgotten is gone from FHIR as well; that there was a study, and what was said, is not.
import type { Resource } from "@fiducial/fhir";
import { expect, onTestFinished, test } from "vitest";
import { fhirClient, matchesIn } from "../../scratch/fhir-client.ts";
import { searchFor } from "../../scratch/identifier-search.ts";
import { berg, coe, hospital, ofBerg } from "../../scratch/scratch-hospital.ts";
import { startServer } from "../../server.ts";

test("a patient who was forgotten is not found; the study is told as one that is not to be had, of somebody masked", async () => {
  const { node, approvers, study, subject } = await hospital();
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  const client = fhirClient(server.url, server.operatorToken);
  const [known] = matchesIn(await client.search(`Patient?identifier=${berg.patientId}`));
  expect(known?.id).toBe(subject);
  await node.operations.forget(subject, approvers);
  await node.projector.caughtUp(node.store.head().edge.size);

  expect(await client.refusal(`Patient/${subject}`)).toEqual([404, "RESOURCE_UNKNOWN"]);
  expect(matchesIn(await client.search(`Patient?identifier=${berg.patientId}`))).toEqual([]);
  for (const query of [`identifier=${berg.studyUid}`, `patient.identifier=${berg.patientId}`, `patient=${subject}`])
    expect([query, matchesIn(await client.search(`ImagingStudy?${query}`))]).toEqual([query, []]);
  const { body } = await client.get<Resource>(`ImagingStudy/${study}`);
  expect(body).toMatchObject({ status: "cancelled", subject: { extension: [{ valueCode: "masked" }] } });
  expect(matchesIn(await client.search("ImagingStudy?status=cancelled")).map(({ id }) => id)).toEqual([study]);
  const everything = [body, ...(await client.all("Provenance")), ...(await client.all("ImagingStudy"))];
  expect(searchFor(ofBerg)(Buffer.from(JSON.stringify(everything)))).toEqual([]);
  expect(searchFor([coe.studyUid])(Buffer.from(JSON.stringify(everything)))).toEqual([coe.studyUid]);
  // The entries of the study are all there still.
  expect((await client.all(`Provenance?target=ImagingStudy/${study}`)).length).toBeGreaterThanOrEqual(2);
});
