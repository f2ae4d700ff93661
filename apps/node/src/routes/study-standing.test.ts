// What a list and the page of a study tell of how it stands: being corrected, held, rejected, destroyed.
import { expect, test } from "vitest";
import { coe, hospital } from "../scratch/scratch-hospital.ts";
import { study as detail, studies } from "./imaging.ts";

async function place() {
  const { node, approvers, study, other } = await hospital();
  const [dora, dan] = approvers;
  // The list and the page say the same of a study, and nothing of another.
  const stands = async () => {
    await node.projector.caughtUp(node.store.head().edge.size);
    const rows = new Map((await studies(node, {})).studies.map((row) => [row.study, row]));
    const [row, shown] = [rows.get(study), await detail(node, study)];
    const { notices, holds, rejection } = shown;
    expect(row).toMatchObject({ notices, holds });
    expect(row?.rejection).toEqual(rejection);
    expect(rows.get(other)).toMatchObject({ notices: [], holds: [] });
    expect(rows.get(other)).not.toHaveProperty("rejection");
    return { notices, holds, rejection };
  };
  const reject = (open: object, reason?: "entered-in-error", statement?: string) =>
    node.operations.state(
      {
        ...{ kind: "imaging.study.rejected", sealed: {}, open: { study, ...open } },
        ...(reason && statement && { supersedes: { statement, reason } }),
      },
      { as: [], counterSigners: [] },
    );
  return { node, study, approvers, dora, dan, stands, reject };
}

const clear = { notices: [], holds: [], rejection: undefined };

test("a study whose patient is being corrected says so until that is complete", async () => {
  const { node, study, dora, dan, stands } = await place();
  expect(await stands()).toEqual(clear);
  await node.operations.correct(study, { issuer: "", patientId: coe.patientId }, [dora]);
  expect(await stands()).toEqual({ ...clear, notices: ["STUDY_FROZEN"] });
  await node.operations.completeCorrection(study, [dan]);
  expect(await stands()).toEqual(clear);
});

test("a hold is told of as long as it keeps the study", async () => {
  const { node, study, dora, stands } = await place();
  await node.operations.placeHold({ studies: [study], reason: "legal" }, [dora]);
  const { holds } = await stands();
  expect(holds).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  await node.operations.releaseHold({ study }, [dora]);
  expect(await stands()).toEqual(clear);
});

test("a rejection is told of until it is taken back as an error", async () => {
  const { stands, reject } = await place();
  const part = { reason: "quality", scope: "series", instances: 2 };
  const { statementId } = await reject(part);
  expect(await stands()).toEqual({ ...clear, rejection: part });
  await reject(part, "entered-in-error", statementId);
  expect(await stands()).toEqual(clear);
});

test("a destroyed study is told of as such", async () => {
  const { node, study, approvers, stands } = await place();
  await node.operations.destroy([study], "entered-in-error", approvers);
  expect(await stands()).toEqual({ ...clear, notices: ["STUDY_DESTROYED"] });
});
