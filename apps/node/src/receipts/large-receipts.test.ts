// Receipts that show many objects with all their attributes: others get their turns meanwhile, and none is made that no verifier reads.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseReceipt, parseTrustPolicy } from "@fiducial/core";
import { checkReceipts } from "@fiducial/dicom";
import { type SmallObjectOptions, smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";
import { turnsDuring } from "../scratch/turns.ts";

const study = { PatientID: "LARGE-1", StudyInstanceUID: "2.25.4711" };

async function registered(count: number, elements: SmallObjectOptions["elements"] = {}) {
  const scratch = scratchNode();
  const node = await scratch.open();
  const paths = Array.from({ length: count }, (_, at) => {
    const path = join(scratch.folder, `${at}.dcm`);
    writeFileSync(path, smallObject({ attributes: { ...study, SOPInstanceUID: `2.25.4711.${at}` }, elements }));
    return path;
  });
  const { studies } = await node.ingest(paths);
  const objects = paths.map((_, item) => ({ item, attributes: true }));
  return { node, statementId: studies[0]?.statementId ?? "", objects };
}

/** Private elements under a creator of the longest name: `blocks` of 255. */
function privateElements(blocks: number): NonNullable<SmallObjectOptions["elements"]> {
  const elements: Record<string, { vr: "LO"; value: string }> = {};
  for (let block = 0; block < blocks; block++) {
    const group = (0x0011 + 2 * block).toString(16).padStart(4, "0").toUpperCase();
    elements[`${group}0010`] = { vr: "LO", value: "C".repeat(64) };
    for (let element = 1; element < 256; element++)
      elements[`${group}10${element.toString(16).padStart(2, "0").toUpperCase()}`] = { vr: "LO", value: "x" };
  }
  return elements;
}

test("while a receipt of 100 objects is made, the node turns to others at least once for each", async () => {
  const { node, statementId, objects } = await registered(100);
  const { result: text, turns } = await turnsDuring(() => node.receipts.receipt(statementId, objects));
  expect(turns).toBeGreaterThanOrEqual(objects.length);
  const receipt = parseReceipt(text);
  expect(receipt.objects).toHaveLength(100);
  expect(checkReceipts({ receipts: [receipt], policy: parseTrustPolicy(node.policy()) }).sound).toBe(true);
});

test("a receipt larger than verifiers read is not made", async () => {
  const { node, statementId, objects } = await registered(3, privateElements(160));
  await expect(node.receipts.receipt(statementId, objects)).rejects.toMatchObject({ code: "RECEIPT_TOO_LARGE" });
  const [first] = objects;
  const text = await node.receipts.receipt(statementId, first === undefined ? [] : [first]);
  expect(parseReceipt(text).objects).toHaveLength(1);
});
