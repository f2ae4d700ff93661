// A study of many objects, looked at.
import { expect, test, vi } from "vitest";
import { scratchNode, takeIn } from "../scratch/scratch-node.ts";
import { turnsDuring } from "../scratch/turns.ts";
import { study } from "./imaging.ts";

test("while a study of many objects is looked at, the node turns to others, and reads each chunk of headers once", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const many = { patientId: "P", patientName: "X", accession: "A", studyUid: "2.25.77", objects: 300 };
  const handle = await takeIn(scratch, node, many);
  const one = vi.spyOn(node.vault, "header");
  const { result, turns } = await turnsDuring(() => study(node, handle));
  const { seriesList } = result;
  expect(turns).toBeGreaterThanOrEqual(300 / 32);
  expect(one).not.toHaveBeenCalled();
  expect(seriesList.map(({ modality, objects }) => [modality, objects.length])).toEqual([["CT", 300]]);
  expect(seriesList[0]?.objects[0]).toMatchObject({ rows: 16, columns: 16, instanceNumber: 1 });
});
