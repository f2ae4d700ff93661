// What is told of a copy that was not as registered: the object, by what its header numbers it, and what differs; nothing that identifies anybody.
import type { JsonObject } from "@fiducial/core";
import { expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { berg, hospital } from "../scratch/scratch-hospital.ts";
import { attention } from "./attention.ts";
import { study as studyDetail } from "./imaging.ts";
import { entry } from "./ledger.ts";

async function verified(node: OpenNode, study: string, sealed: JsonObject): Promise<number> {
  const saying = { kind: "imaging.study.verified", open: { study, result: "altered", instances: 1 }, sealed };
  await node.operations.state(saying, { as: [], counterSigners: [] });
  return node.store.head().edge.size - 1;
}

const uidsOf = (node: OpenNode, statementId: string): string[] =>
  [...node.vault.manifest(statementId)].map(({ value }) => (value as { sopInstanceUid: string }).sopInstanceUid);

test("an altered copy is told with the object that it is of, who found it, and the attributes that differ", async () => {
  const { node, study } = await hospital();
  const before = await studyDetail(node, study);
  expect(before.compared).toEqual([]);
  const object = before.seriesList[0]?.objects[1];
  const uid = uidsOf(node, object?.statementId ?? "")[object?.item ?? -1] ?? "";
  const index = await verified(node, study, { instances: [uid], changedAttributes: ["00100010", "(0010,0020)"] });
  const compared = {
    objects: [
      {
        ...{ statementId: object?.statementId, item: object?.item },
        ...{ seriesNumber: before.seriesList[0]?.number, instanceNumber: object?.instanceNumber },
      },
    ],
    ...{ more: 0, attributes: ["00100010"] },
  };
  expect((await entry(node, index)).compared).toEqual(compared);
  expect((await studyDetail(node, study)).compared).toEqual([{ index, ...compared }]);
  const { concerns } = await attention(node, { type: "operator" });
  expect(concerns).toMatchObject([{ code: "COPY_ALTERED", index, by: { type: "software" }, compared }]);
  for (const value of [uid, berg.patientId, berg.studyUid]) expect(JSON.stringify(concerns)).not.toContain(value);
});

test("an object of another study, and one that nobody registered, are counted and not told of", async () => {
  const { node, study, other } = await hospital();
  const [version] = (await studyDetail(node, other)).versions;
  const [foreign = ""] = uidsOf(node, version?.statementId ?? "");
  const index = await verified(node, study, { instances: [foreign, "1.2.3"] });
  expect((await entry(node, index)).compared).toEqual({ objects: [], more: 2, attributes: [] });
});

test("where nothing is recorded beside the result, nothing is told", async () => {
  const { node, study } = await hospital();
  expect(await entry(node, await verified(node, study, {}))).not.toHaveProperty("compared");
  expect((await studyDetail(node, study)).compared).toEqual([]);
});
