// Objects under UIDs that are taken: registered as everything is, given instead of nothing, and told to whoever answers for the study.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { describe, expect, test } from "vitest";
import { dicomWebHospital } from "../../scratch/dicom-web.ts";
import { berg } from "../../scratch/scratch-hospital.ts";
import { entryAt } from "../summaries.ts";

/** A hospital in which another object comes under the UID of the first patient's first. */
async function withSecond(changed: Readonly<Record<string, string>>, pixels?: Uint16Array) {
  const place = await dicomWebHospital();
  const { node, scratch, attributes, uids, get, addresses, study } = place;
  const options = {
    ...{ seed: "second", attributes: { ...attributes, SOPInstanceUID: uids.instance, ...changed } },
    ...(pixels === undefined ? {} : { pixels }),
  };
  const { studies } = await node.ingest([scratch.file("second.dcm", options)]);
  await node.projector.caughtUp(node.store.head().edge.size);
  const said = node.projection.imaging
    .history(study)
    .map((index) => entryAt(node, index))
    .filter(({ statement }) => statement.content.kind === "imaging.study.verified");
  const given = async () =>
    Buffer.from(await (await get(addresses.instance, "application/dicom; transfer-syntax=*")).arrayBuffer());
  const found = async (query: string) => (await (await get(`${place.base}/instances?${query}`)).text()) || "[]";
  return { ...place, second: Buffer.from(smallObject(options)), secondStudy: studies[0]?.study, said, given, found };
}

describe("of another patient", () => {
  test("are not given at the address, nor found with it", async () => {
    const { given, bytes, second, found, get, addresses, node, scratch, secondStudy, study } = await withSecond({
      PatientID: "OTHER-1",
      PatientName: "Other^Somebody",
    });
    expect(secondStudy).not.toBe(study);
    expect(bytes[0]?.equals(await given())).toBe(true);
    expect(await (await get(`${addresses.study}/metadata`)).text()).not.toContain("OTHER-1");
    expect(JSON.parse(await found(`PatientID=${berg.patientId}`))).toHaveLength(bytes.length);
    expect(JSON.parse(await found("PatientID=OTHER-1"))).toEqual([]);
    // Not lost: they are in a study of their own.
    expect(second.equals(bytes[0] as Buffer)).toBe(false);
    expect(node.projection.imaging.study(secondStudy ?? "")).toMatchObject({ instances: 1 });
    const path = join(scratch.folder, "sent-second.dcm");
    writeFileSync(path, second);
    expect(await node.verify(path)).toMatchObject({
      ...{ verdict: "identical", harmless: false, notices: ["VERSION_CONTESTED"], study: secondStudy },
    });
  });

  test("are told of the study that has the UIDs, and reads are recorded of that study alone", async () => {
    const { said, node, given, study } = await withSecond({ PatientID: "OTHER-1" });
    expect(said.map(({ findings }) => findings)).toEqual([["HEADER_CHANGED"]]);
    await given();
    const reads = node.store
      .entries(0, node.store.head().edge.size)
      .map((_, index) => entryAt(node, index).statement.content)
      .filter(({ kind }) => kind === "access.read.performed");
    expect(new Set(reads.map(({ open }) => open["study"]))).toEqual(new Set([study]));
  });
});

describe("of the same patient", () => {
  test("that show something else are not given, and are told of", async () => {
    const { given, bytes, said, uids, node, get, addresses } = await withSecond({}, new Uint16Array(256).fill(7));
    expect(bytes[0]?.equals(await given())).toBe(true);
    const metadata = (await (await get(`${addresses.study}/metadata`)).json()) as unknown[];
    expect(metadata).toHaveLength(bytes.length);
    expect(said).toMatchObject([{ findings: ["COPY_ALTERED"] }]);
    const [{ statement }] = said as [(typeof said)[number]];
    expect(statement.content.open).toMatchObject({ result: "altered", instances: 1 });
    const { disclosures } = node.vault.disclosures(statement.id) ?? {};
    expect(disclosures?.["instances"]?.value).toEqual([uids.instance]);
  });

  test("that show the same are given instead, with what differs told", async () => {
    const { given, second, said, node } = await withSecond({ BodyPartExamined: "KNEE" });
    expect(second.equals(await given())).toBe(true);
    expect(said).toMatchObject([{ findings: ["HEADER_CHANGED"] }]);
    const { disclosures } = node.vault.disclosures(said[0]?.statement.id ?? "") ?? {};
    expect(disclosures?.["changedAttributes"]?.value).toContain("00180015");
  });
});

test("a file that shows what came second is that version, and no copy of the first", async () => {
  const { node, scratch, attributes, uids, second, bytes } = await withSecond({}, new Uint16Array(256).fill(7));
  const path = (name: string, content: Uint8Array) => {
    const file = join(scratch.folder, name);
    writeFileSync(file, content);
    return file;
  };
  const contested = { verdict: "identical", harmless: false, notices: ["VERSION_CONTESTED"] };
  expect(await node.verify(path("second.dcm", second))).toMatchObject(contested);
  // Also where a harmless change makes it another file.
  const changed = { ...attributes, SOPInstanceUID: uids.instance, RetrieveAETitle: "ARCHIVE" };
  const pixels = new Uint16Array(256).fill(7);
  const moved = scratch.file("moved.dcm", { seed: "second", attributes: changed, pixels });
  expect(await node.verify(moved)).toMatchObject({ ...contested, verdict: "header-changed" });
  const first = await node.verify(path("first.dcm", bytes[0] as Buffer));
  expect(first).toMatchObject({ verdict: "identical", harmless: true });
  expect(first).not.toHaveProperty("notices");
});

test("two versions that come together are told of as well", async () => {
  const { node, scratch, attributes, study } = await dicomWebHospital();
  const uid = `${berg.studyUid}.1.9`;
  const file = (name: string, pixels?: Uint16Array) =>
    scratch.file(name, {
      attributes: { ...attributes, SOPInstanceUID: uid },
      ...(pixels === undefined ? {} : { pixels }),
    });
  await node.ingest([file("one.dcm"), file("two.dcm", new Uint16Array(256).fill(7))]);
  await node.projector.caughtUp(node.store.head().edge.size);
  const said = node.projection.imaging.history(study).map((index) => entryAt(node, index));
  expect(said.map(({ findings }) => findings)).toContainEqual(["COPY_ALTERED"]);
});

test("an object that came in two versions counts once, and so does its series", async () => {
  const { base, get, study, node, bytes } = await withSecond({ BodyPartExamined: "KNEE" });
  const [row] = (await (await get(`${base}/studies?PatientID=${berg.patientId}`)).json()) as Record<
    string,
    { Value?: unknown[] }
  >[];
  expect([row?.["00201206"]?.Value, row?.["00201208"]?.Value]).toEqual([[1], [bytes.length]]);
  expect(node.projection.imaging.study(study)).toMatchObject({ instances: bytes.length + 1 });
  const api = base.replace("/dicomweb", "/api/v1");
  const shown = await (await get(`${api}/studies/${study}`)).json();
  expect(shown).toMatchObject({ series: 1, instances: bytes.length });
  const { studies } = (await (await get(`${api}/studies`)).json()) as { studies: { study: string }[] };
  expect(studies.find((one) => one.study === study)).toMatchObject({ series: 1, instances: bytes.length });
  const resource = await (await get(`${base.replace("/dicomweb", "/fhir")}/ImagingStudy/${study}`)).json();
  expect(resource).toMatchObject({ numberOfSeries: 1, numberOfInstances: bytes.length });
});
