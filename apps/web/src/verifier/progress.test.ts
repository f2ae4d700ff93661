// How far a check has come is told by what was hashed, wherever reading jumps to.
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { sampleObjectLog } from "../../../../vectors/receipt/sample-object.ts";
import { type Progress, verifyFile } from "./verification.ts";

test("a large file is told in steps, and as read when it is", async () => {
  const original = smallObject({ seed: "large", columns: 2048, rows: 2048 });
  const { trust } = await sampleObjectLog([original]);
  // Padding behind the pixels: what lies at the end of a file is looked at before all of it is hashed.
  const padding = Uint8Array.of(0xfc, 0xff, 0xfc, 0xff, 0x4f, 0x42, 0, 0, 0x10, 0, 0, 0, ...new Uint8Array(16));
  const file = new File([original as BlobPart, padding], "large.dcm");
  const told: number[] = [];
  const report = (progress: Progress) => progress.stage === "bytes" && told.push(progress.done);
  const finding = await verifyFile(file, { policy: trust, receipts: [] }, report);
  expect(finding.found).toBe("no-receipt");
  expect(told).toEqual([...told].sort((one, other) => one - other));
  const onTheWay = told.filter((done) => done > file.size / 4 && done < (file.size * 3) / 4);
  expect(onTheWay.length).toBeGreaterThan(2);
  expect(told.at(-1)).toBe(file.size);
});
