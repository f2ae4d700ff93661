// Whoever is refused learns nothing of what is registered, or it is recorded: what does not depend on it is checked before.
import { parseEntry } from "@fiducial/core";
import { expect, test } from "vitest";
import { codeOf, dicomWebHospital } from "../../scratch/dicom-web.ts";

const jpeg = 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.90';

async function hospital() {
  const { node, get, authorization, uids, base, study } = await dicomWebHospital();
  const known = `studies/${uids.study}/series/${uids.series}/instances/${uids.instance}`;
  const unknown = ["studies/1.2.3", "series/1.2.3", "instances/1.2.3"];
  const ask = async (path: string, accept?: string) => codeOf(await get(`${base}/${path}`, accept));
  const asking = async (path: string, purpose: string) =>
    codeOf(await fetch(path, { headers: { authorization, "purpose-of-use": purpose } }));
  const reads = () => {
    const all = node.store.entries(0, node.store.head().edge.size).flatMap((bytes) => parseEntry(bytes) ?? []);
    return all
      .map(({ statement }) => statement.content)
      .filter(({ kind }) => kind === "access.read.performed")
      .map(({ open }) => open);
  };
  return { ask, asking, reads, known, unknown, base, study, uids };
}

test.each<readonly [path: string, accept: string | undefined, status: number, code: string]>([
  ["", jpeg, 406, "NOT_ACCEPTABLE"],
  ["/frames/1", "image/jp2", 406, "NOT_ACCEPTABLE"],
  ["/frames/99999", undefined, 404, "FRAME_UNKNOWN"],
  ["/frames/99999/rendered", undefined, 404, "FRAME_UNKNOWN"],
  ["/bulkdata/00091001", undefined, 404, "VALUE_UNKNOWN"],
])("%s, accepted as %s, is refused of what is registered, which is recorded", async (path, accept, status, code) => {
  const { ask, reads, known, unknown, study } = await hospital();
  expect(await ask(`${unknown.join("/")}${path}`, accept)).toEqual([404, "INSTANCES_UNKNOWN"]);
  expect(reads()).toEqual([]);
  expect(await ask(`${known}${path}`, accept)).toEqual([status, code]);
  expect(reads()).toMatchObject([{ study, outcome: "refused", what: "images", series: 1 }]);
});

test.each<readonly [path: string, accept: string, status: number, code: string]>([
  ["", "image/png", 406, "NOT_ACCEPTABLE"],
  ["", "not a type", 400, "REQUEST_INVALID"],
  ["/metadata", "image/png", 406, "NOT_ACCEPTABLE"],
  ["/frames/1", "not a type", 400, "REQUEST_INVALID"],
  ["/frames/1,2/rendered", "image/png", 406, "NOT_ACCEPTABLE"],
  ["/bulkdata/7FE00010", "not a type", 400, "REQUEST_INVALID"],
])("%s, accepted as %s, is refused alike, registered or not", async (path, accept, status, code) => {
  const { ask, known, unknown } = await hospital();
  expect(await ask(`${unknown.join("/")}${path}`, accept)).toEqual([status, code]);
  expect(await ask(`${known}${path}`, accept)).toEqual([status, code]);
});

test("a purpose that is none is refused alike everywhere, registered or not", async () => {
  const { asking, reads, base, uids } = await hospital();
  const root = base.replace("/dicomweb", "");
  for (const path of [
    `${base}/studies/${uids.study}`,
    `${base}/studies/1.2.3`,
    `${base}/studies/${uids.study}/metadata`,
    `${base}/studies?PatientID=nobody`,
    `${root}/fhir/Patient?identifier=nobody`,
    `${root}/api/v1/studies/${"0".repeat(32)}`,
  ])
    expect((await asking(path, "NONSENSE"))[0]).toBe(400);
  expect((await asking(`${base}/studies/1.2.3`, "TREAT"))[0]).toBe(404);
  expect(reads()).toEqual([]);
});

test("a series or an object that a registered study has not is told as any that is unknown, and nothing is recorded", async () => {
  const { ask, reads, uids } = await hospital();
  expect(await ask(`studies/${uids.study}/series/1.2.3`)).toEqual([404, "INSTANCES_UNKNOWN"]);
  expect(reads()).toEqual([]);
});
