// The birth date that images have, as long as they are filed under whom they name.
import { expect, test } from "vitest";
import { coe, hospital } from "../scratch/scratch-hospital.ts";
import { study as detail } from "./imaging.ts";

async function born(stated: string) {
  const { node, scratch, approvers } = await hospital();
  const attributes = { PatientID: "PAT-9", StudyInstanceUID: "2.25.9", PatientBirthDate: stated };
  const { studies } = await node.ingest([scratch.file("born.dcm", { seed: "born", attributes })]);
  const study = studies[0]?.study ?? "";
  const told = async () => {
    await node.projector.caughtUp(node.store.head().edge.size);
    return (await detail(node, study)).patientBirthDate;
  };
  return { node, study, approvers, told };
}

test("is told until the study is filed under another patient", async () => {
  const { node, study, approvers, told } = await born("19610412");
  expect(await told()).toBe("1961-04-12");
  await node.operations.correct(study, { issuer: "", patientId: coe.patientId }, [approvers[0]]);
  expect(await told()).toBeUndefined();
});

test.each(["", "19610231", "1961"])("is no date where headers have none: %j", async (stated) => {
  expect(await (await born(stated)).told()).toBeUndefined();
});
