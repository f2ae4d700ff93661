// A study under whose UIDs another came first says so; the first one, and a study that grows, do not.
import { expect, test } from "vitest";
import { dicomWebHospital } from "../scratch/dicom-web.ts";
import { study as detail } from "./imaging.ts";

async function withSecond(changed: Readonly<Record<string, string>>) {
  const { node, scratch, attributes, uids, study } = await dicomWebHospital();
  const file = scratch.file("second.dcm", {
    seed: "second",
    attributes: { ...attributes, SOPInstanceUID: uids.instance, ...changed },
  });
  const { studies } = await node.ingest([file]);
  await node.projector.caughtUp(node.store.head().edge.size);
  const second = studies[0]?.study ?? "";
  return { first: await detail(node, study), second: await detail(node, second) };
}

test("the second study names the first, and how many objects are concerned", async () => {
  const { first, second } = await withSecond({ PatientID: "OTHER-1", PatientName: "Other^Somebody" });
  expect(second.earlier).toEqual([{ study: first.study, index: first.index, instances: 1 }]);
  expect(first.earlier).toEqual([]);
});

test("a further version within the study is no other study's", async () => {
  const { first, second } = await withSecond({ BodyPartExamined: "KNEE" });
  expect(second.study).toBe(first.study);
  expect(second.earlier).toEqual([]);
});
