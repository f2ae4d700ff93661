import type { Receipt, TrustPolicy } from "@fiducial/core";
import { smallObject, withAttributes, withElement, withPixelErased } from "@fiducial/dicom/phantom";
import { beforeAll, describe, expect, test } from "vitest";
import { sampleObjectLog } from "../../../../vectors/receipt/sample-object.ts";
import { de } from "../i18n/de.ts";
import { en } from "../i18n/en.ts";
import { formatsOf } from "../i18n/formats.ts";
import { changedIdentity } from "./changed-identity.ts";
import { type VerdictWords, verdictWords } from "./verdict-words.ts";
import { type Finding, verifyFile } from "./verification.ts";

const original = withAttributes(smallObject({ seed: "words", columns: 64, rows: 64 }), {
  PatientName: "Registered^Name",
  PatientID: "R-1",
});
const erased = withPixelErased(original, { column: 30, row: 30, radius: 4 });
const english = { t: en, formats: formatsOf("en-GB", "UTC") };
const german = { t: de, formats: formatsOf("de-DE", "UTC") };

let receipt: Receipt;
let policy: TrustPolicy;
beforeAll(async () => {
  ({ receipt, trust: policy } = await sampleObjectLog([original]));
});

function found(bytes: Uint8Array): Promise<Finding> {
  const file = new File([bytes as Uint8Array<ArrayBuffer>], "image.dcm");
  return verifyFile(file, { policy, receipts: [receipt] });
}

async function said(bytes: Uint8Array): Promise<VerdictWords> {
  const finding = await found(bytes);
  for (const { word, says } of [verdictWords(finding, english), verdictWords(finding, german)])
    expect(`${word} ${says}`).not.toMatch(/undefined|NaN|\[object/);
  return verdictWords(finding, english);
}

async function identityOf(bytes: Uint8Array) {
  const finding = await found(bytes);
  const identity = finding.found === "checked" ? changedIdentity(finding.check) : undefined;
  return identity && [identity.of, identity.changes.map(({ keyword }) => keyword)];
}

describe("a changed identity", () => {
  const { identity } = en.verify.verdicts;

  test("another name or number is another patient, and fails", async () => {
    for (const change of [{ PatientName: "Other^Name" }, { PatientID: "R-2" }]) {
      const words = await said(withAttributes(original, { ...change, AccessionNumber: "9" }));
      expect([words.tone, words.word]).toEqual(["fails", identity.patient]);
    }
    const both = withAttributes(original, { PatientName: "Other^Name", PatientID: "R-2", AccessionNumber: "9" });
    expect(await identityOf(both)).toEqual(["patient", ["PatientName", "PatientID"]]);
  });

  test("what is left out, emptied, or of another order says no other patient, and fails all the same", async () => {
    const changed = [
      withElement(original, "00100010", undefined),
      withAttributes(original, { PatientName: "" }),
      withAttributes(original, { AccessionNumber: "9" }),
    ];
    for (const bytes of changed) {
      const words = await said(bytes);
      expect([words.tone, words.word]).toEqual(["fails", identity.other]);
    }
  });

  test("other changes of the header stay what they are, and an altered picture outweighs all", async () => {
    const harmless = await said(withAttributes(original, { RetrieveAETitle: "PACS" }));
    expect([harmless.tone, harmless.word]).toEqual(["differs", en.verify.verdicts["header-changed"](1, true)]);
    const altered = await said(withAttributes(erased, { PatientID: "R-2" }));
    expect(altered.word).toBe(en.verify.verdicts.altered);
  });
});

describe("an altered file", () => {
  const { altered, incomplete, lossySince } = en.verify.verdicts;

  test("that ends early is incomplete", async () => {
    const words = await said(original.subarray(0, original.length - 2000));
    expect([words.tone, words.word]).toEqual(["fails", incomplete]);
  });

  test("that says that it was compressed with loss since, is said to", async () => {
    const words = await said(withAttributes(erased, { LossyImageCompression: "01" }));
    expect([words.word, words.says.includes(lossySince)]).toEqual([altered, true]);
    expect((await said(erased)).says).not.toContain(lossySince);
    expect((await said(withAttributes(erased, { LossyImageCompression: "00" }))).says).not.toContain(lossySince);
  });
});

test("an equal data set in another encoding is not said to have the same encoding", async () => {
  const finding = await found(original);
  if (finding.found !== "checked" || finding.check.comparison === undefined) throw new Error("it was compared");
  const comparison = { ...finding.check.comparison, differences: ["FILE", "TRANSFER_SYNTAX"] as const };
  const { identicalSays } = en.verify.verdicts;
  const otherwise: Finding = { ...finding, check: { ...finding.check, comparison } };
  expect(verdictWords(otherwise, english).says).toBe(identicalSays(true));
  expect(verdictWords(finding, english).says).toBe(identicalSays(false));
});

test("what could not be read is headed otherwise than what is not known here", async () => {
  const [unread, unknown] = [
    await said(new TextEncoder().encode("no image at all, at some length")),
    await said(withAttributes(original, { SOPInstanceUID: "2.25.99" })),
  ];
  expect(unread.word).toBe(en.verify.verdicts.unreadable);
  expect(unknown.word).toBe(en.verify.verdicts.unknown);
});
