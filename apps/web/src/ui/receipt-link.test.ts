import type { StudySeries } from "@fiducial/api";
import { expect, test } from "vitest";
import { imageReceiptName } from "./receipt-link.ts";

const statementId = "a".repeat(64);
const object = { frames: 1, transferSyntaxUid: "1.2.840.10008.1.2.1", sizeBytes: 9 };

function series(number: number | undefined, instanceNumber: number | undefined): StudySeries {
  const versions = [
    { version: 1, statementId: "b".repeat(64), item: 3, frames: 1 },
    { version: 2, statementId, item: 5, frames: 1 },
  ];
  const numbered = instanceNumber === undefined ? {} : { instanceNumber };
  return {
    series: 1,
    modality: "CT",
    ...(number === undefined ? {} : { number }),
    objects: [{ ...object, ...numbered, statementId, item: 5, versions }],
  };
}

test("the receipt of an image is named by the numbers that people know it by, whichever version it is of", () => {
  const list = [series(2, 13)];
  expect(imageReceiptName(list, { statementId, item: 5 }, 217)).toBe("entry-217-series-2-image-13.receipt.json");
  const first = { statementId: "b".repeat(64), item: 3 };
  expect(imageReceiptName(list, first, 12)).toBe("entry-12-series-2-image-13.receipt.json");
});

test("an image without numbers is named by its leaf in the manifest", () => {
  for (const list of [[series(undefined, 13)], [series(2, undefined)], []])
    expect(imageReceiptName(list, { statementId, item: 5 }, 217)).toBe("entry-217-leaf-6.receipt.json");
});
