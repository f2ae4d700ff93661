import { formatReceipt, formatTrustPolicy, type Receipt, type TrustPolicy } from "@fiducial/core";
import { asFromPacs, clone, phantomUid, smallObject, withPixelErased } from "@fiducial/dicom/phantom";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { sampleObjectLog } from "../../../../vectors/receipt/sample-object.ts";
import { de } from "../i18n/de.ts";
import { en } from "../i18n/en.ts";
import { formatsOf } from "../i18n/formats.ts";
import { stepSays, type VerifyLanguage } from "./step-words.ts";
import { brokenWords, verdictWords } from "./verdict-words.ts";
import {
  claimedLog,
  concludable,
  type Finding,
  isNamedBy,
  nameOfReceipt,
  type Progress,
  rememberingBackend,
  sortFiles,
  type VerificationMeans,
  verifyFile,
  verifyReceiptAlone,
} from "./verification.ts";

const original = smallObject({ seed: "registered", columns: 64, rows: 64 });
const other = clone(original, { sopInstanceUid: phantomUid("2.25", "other", "instance") });
const languages: readonly VerifyLanguage[] = [
  { t: en, formats: formatsOf("en-GB", "UTC") },
  { t: de, formats: formatsOf("de-DE", "UTC") },
];
const [english] = languages as [VerifyLanguage];

let receipt: Receipt;
let policy: TrustPolicy;
beforeAll(async () => {
  ({ receipt, trust: policy } = await sampleObjectLog([original, other]));
});

const file = (bytes: Uint8Array | string, name = "image.dcm") => new File([bytes as Uint8Array<ArrayBuffer>], name);
const means = (change: Partial<VerificationMeans> = {}): VerificationMeans => ({
  policy,
  receipts: [receipt],
  ...change,
});
const words = (finding: Finding) => verdictWords(finding, english);

function everyWord(finding: Finding): string[] {
  return languages.flatMap((language) => {
    const { word, says } = verdictWords(finding, language);
    const steps =
      finding.found === "checked"
        ? finding.check.steps.map((step) => stepSays(step, finding.check, finding.sizeBytes, language))
        : [];
    return [word, says, ...steps];
  });
}

describe("files are told apart by what they hold", () => {
  test("whatever their names are", async () => {
    const sorted = await sortFiles([
      file(formatReceipt(receipt), "a.txt"),
      file(formatTrustPolicy(policy), "b"),
      file(original, "c.json"),
      file('{"format":"fiducial-receipt-v1"}', "d.json"),
      file('{"format":"fiducial-policy-v1"}', "e.json"),
      file(formatReceipt(receipt).slice(0, 90), "cut off"),
      file("{}", "f.json"),
      file("", "empty"),
    ]);
    expect(sorted.receipts.map(({ name }) => name)).toEqual(["a.txt"]);
    expect(sorted.policies.map(({ name }) => name)).toEqual(["b"]);
    expect(sorted.objects.map(({ name }) => name)).toEqual(["c.json", "empty", "f.json"]);
    expect(sorted.broken.map(({ name, code }) => `${name} ${code}`)).toEqual([
      "d.json RECEIPT_MALFORMED",
      "e.json TRUST_POLICY_MALFORMED",
      "cut off RECEIPT_MALFORMED",
    ]);
    for (const language of languages)
      for (const broken of sorted.broken) expect(brokenWords(broken, language).says).toContain(broken.name);
  });
});

test("files are taken in the order in which people number them", async () => {
  const { objects } = await sortFiles(["b-10", "b-9", "A-1"].map((name) => file("", name)));
  expect(objects.map(({ name }) => name)).toEqual(["A-1", "b-9", "b-10"]);
});

test("the file that a receipt came in is known, and none for one that the node gave", async () => {
  const sorted = await sortFiles([file(formatReceipt(receipt), "study.receipt")]);
  const [dropped] = sorted.receipts.map((named) => named.receipt);
  const finding = await verifyFile(file(original), means({ receipts: dropped === undefined ? [] : [dropped] }));
  expect(finding.found === "checked" && nameOfReceipt(finding.check.receipt)).toBe("study.receipt");
  expect(nameOfReceipt(receipt)).toBe(undefined);
});

describe("a file", () => {
  test.each([
    ["identical", original, "holds"],
    [
      "header-changed",
      asFromPacs(original, { accessionNumber: "1", institutionName: "N", retrieveAeTitle: "P" }),
      "fails",
    ],
    ["altered", withPixelErased(original, { column: 30, row: 30, radius: 4 }), "fails"],
    ["unknown", other, "neutral"],
  ] as const)("is %s", async (verdict, bytes, tone) => {
    const finding = await verifyFile(file(bytes), means());
    expect(finding).toMatchObject({ found: "checked", check: { sound: true, verdict } });
    expect(words(finding).tone).toBe(tone);
    for (const text of everyWord(finding)) expect(text).toMatch(/\S/);
    expect(everyWord(finding).join(" ")).not.toMatch(/undefined|NaN|\[object/);
  });

  test("without any receipt is unknown, and its UID is asked for nowhere but where the caller says", async () => {
    const lookUp = vi.fn(async () => []);
    const finding = await verifyFile(file(original), means({ receipts: [], lookUp }));
    expect(finding.found).toBe("no-receipt");
    expect(lookUp).toHaveBeenCalledWith(phantomUid("2.25", "registered", "instance"));
    expect(words(finding)).toMatchObject({ tone: "neutral", icon: "shield-question" });
  });

  test("that a node knows is held against what the node gives", async () => {
    const finding = await verifyFile(file(original), means({ receipts: [], lookUp: async () => [receipt] }));
    expect(finding).toMatchObject({ check: { verdict: "identical" } });
  });

  test("that is no DICOM, or breaks off, says why and where", async () => {
    const none = await verifyFile(file("hello world, this is no image", "readme"), means());
    expect(none).toMatchObject({ found: "unreadable", code: "NOT_DICOM" });
    const half = await verifyFile(file(original.slice(0, 700)), means());
    expect(half).toMatchObject({ found: "unreadable", code: "TRUNCATED" });
    for (const finding of [none, half]) expect(words(finding)).toMatchObject({ tone: "fails", icon: "file-off" });
  });

  test("tells how far it was read", async () => {
    const told: Progress[] = [];
    await verifyFile(file(original), means(), (progress) => told.push(progress));
    const bytes = told.flatMap((progress) => (progress.stage === "bytes" ? [progress.done] : []));
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    expect(bytes.at(-1)).toBe(original.length);
    expect(told.at(-1)).toEqual({ stage: "receipts" });
  });
});

describe("while a file at hand could not be read", () => {
  test("nothing is concluded that it could change", async () => {
    const none = await verifyFile(file(original), means({ receipts: [] }));
    const unknown = await verifyFile(file(other), means());
    const identical = await verifyFile(file(original), means());
    const unreadable = await verifyFile(file("hello"), means());
    const all = [none, unknown, identical, unreadable];
    expect(concludable(all, [])).toEqual(all);
    expect(concludable(all, [{ name: "r", code: "RECEIPT_MALFORMED" }])).toEqual([identical, unreadable]);
    expect(concludable(all, [{ name: "p", code: "TRUST_POLICY_MALFORMED" }])).toEqual([unreadable]);
  });
});

describe("a receipt alone", () => {
  test("is of a log that the policy names, or of another", () => {
    expect(isNamedBy(policy, receipt)).toBe(true);
    expect(isNamedBy({ ...policy, genesis: {} }, receipt)).toBe(false);
    const log = claimedLog(receipt);
    expect(log).toBe("log.example/sample");
    expect(words({ found: "no-policy", name: "r", sizeBytes: undefined, log })).toMatchObject({ tone: "neutral" });
  });

  test("holds", () => {
    const finding = verifyReceiptAlone({ name: "r", receipt }, means());
    expect(words(finding)).toMatchObject({ tone: "holds", icon: "shield-check" });
  });

  test("under a policy of another log says which logs they are of, and that nothing was found wrong", async () => {
    const foreign = { ...policy, genesis: { "log.example/other": "00".repeat(32) } };
    const finding = await verifyFile(file(original), means({ policy: foreign }));
    expect(words(finding)).toMatchObject({ tone: "neutral", icon: "shield-question" });
    const steps = finding.found === "checked" ? finding.check.steps : [];
    expect(steps.filter(({ result }) => result === "fails")).toEqual([
      { step: "policy", result: "fails", code: "POLICY_OF_OTHER_LOG" },
    ]);
    for (const text of [words(finding).says, everyWord(finding).join(" ")])
      for (const log of ["log.example/other", "log.example/sample"]) expect(text).toContain(log);
  });

  test("that fails names the step, whatever the file is", async () => {
    const broken = { ...receipt, keyChain: receipt.keyChain.slice(1) };
    const finding = await verifyFile(file(original), means({ receipts: [broken] }));
    expect(words(finding).tone).toBe("fails");
    expect(words(finding).says).toContain(en.verify.steps.keyChain);
    expect(everyWord(finding).join(" ")).not.toMatch(/undefined|NaN/);
  });
});

test("a signature is verified once, however often its entry is shown", () => {
  const verifyEd25519 = vi.fn(() => true);
  const backend = rememberingBackend({ verifyEd25519, verifyP256: () => false });
  const [key, message, signature] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
  for (let time = 0; time < 3; time++) expect(backend.verifyEd25519(key, message, signature)).toBe(true);
  expect(backend.verifyEd25519(key, Uint8Array.of(4), signature)).toBe(true);
  expect(verifyEd25519).toHaveBeenCalledTimes(2);
});
