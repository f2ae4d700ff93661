import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { formatReceipt, parseReceipt } from "@fiducial/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import {
  fromArchive,
  patientData,
  slices,
  withFlippedPixelBit,
  withOtherPatient,
  writeStudies,
} from "./scratch/phantom-files.ts";

const steps = [
  "bytes",
  "fingerprint",
  "manifest",
  "signature",
  "keyChain",
  "inclusion",
  "checkpoint",
  "cosignatures",
] as const;

const b = bench(patientData);
const { path, run } = b;
let file: string;

beforeAll(async () => {
  [file] = writeStudies(path("in")) as [string];
  writeFileSync(path("altered.dcm"), withFlippedPixelBit(slices[0]!));
  writeFileSync(path("coerced.dcm"), fromArchive(slices[0]!));
  writeFileSync(path("other-patient.dcm"), withOtherPatient(slices[0]!));
  writeFileSync(path("notes.txt"), "Nothing that DICOM knows of.");
  await run("ingest", path("in"));
  await run("ingest", path("in"), "--data", path("other"));
  for (const name of ["data", "other"]) await run("policy", "--data", path(name), "-o", path(`${name}.policy`));
  await run("receipt", file, "-o", path("slice.receipt"));
  await run("receipt", file, "--no-attributes", "-o", path("bare.receipt"));
  // From here on there is no data folder: a verifier has none.
  const statementId = (await run("verify", file, "--json")).json()[0]!["statementId"] as string;
  await run("receipt", statementId, "-o", path("statement.receipt"));
});

afterAll(() => b.remove());

describe("receipt and policy", () => {
  test("go to standard output when no file is named", async () => {
    const receipt = await run("receipt", file, "-o", "-");
    expect(receipt.exit).toBe(0);
    expect(JSON.parse(receipt.stdout)).toMatchObject({ format: "fiducial-receipt-v1" });
    const policy = await run("policy");
    expect(policy.stdout).toBe(readFileSync(path("data.policy"), "utf8"));
  });

  test("of an altered file, the receipt is of what was registered, and the exit status tells", async () => {
    const ended = await run("receipt", path("altered.dcm"), "-o", path("altered.receipt"), "--json");
    expect(ended.exit).toBe(1);
    expect(ended.json()).toMatchObject([{ file: path("altered.receipt"), verdict: "altered" }]);
    expect((await check("altered.receipt", file)).answer).toMatchObject({ ok: true, verdict: "identical" });
  });

  test.each([
    ["notes.txt", 1, "OBJECT_UNREADABLE"],
    ["gone.dcm", 2, "PATH_UNREADABLE"],
    ["in", 2, "PATH_UNREADABLE"],
  ])("there is none of %s", async (name, exit, code) => {
    const ended = await run("receipt", path(name), "--json");
    expect([ended.exit, ended.stdout, errorOf(ended.stderr)]).toEqual([exit, "", code]);
  });

  test("there is none of a statement or an object that is not on the log", async () => {
    const statement = await run("receipt", "0".repeat(64), "--json");
    expect([statement.exit, errorOf(statement.stderr)]).toEqual([1, "STATEMENT_UNKNOWN"]);
    await run("ingest", path("in", "report.dcm"), "--data", path("little"));
    const object = await run("receipt", file, "--data", path("little"), "--json");
    expect([object.exit, errorOf(object.stderr)]).toEqual([1, "OBJECT_UNKNOWN"]);
  });
});

describe("verify-receipt, without a data folder", () => {
  beforeAll(() => {
    for (const name of ["data", "other", "keys"]) rmSync(path(name), { recursive: true });
  });

  test("every step holds for the file that was registered", async () => {
    const { exit, answer } = await check("slice.receipt", file);
    expect(exit).toBe(0);
    expect(answer).toMatchObject({
      ok: true,
      steps: steps.map((step) => ({ step, result: "holds" })),
      verdict: "identical",
      changedAttributes: [],
      reservations: ["NOT_WITNESSED", "RULES_APPLIED_BY_ONE"],
      kind: "imaging.study.registered",
    });
    expect(existsSync(path("data"))).toBe(false);
  });

  test("the receipt alone holds, for an object as for a statement", async () => {
    for (const name of ["slice.receipt", "bare.receipt", "statement.receipt"])
      expect(await check(name)).toMatchObject({ exit: 0, answer: { ok: true, sound: true } });
  });

  test.each([
    ["coerced.dcm", 0, { ok: true, verdict: "header-changed", harmless: true }],
    ["other-patient.dcm", 1, { ok: false, sound: true, verdict: "header-changed", harmless: false }],
    ["altered.dcm", 1, { ok: false, sound: true, verdict: "altered", failed: "fingerprint" }],
    ["notes.txt", 1, { ok: false, sound: true, verdict: "unknown", reason: "NOT_DICOM", failed: "bytes" }],
    ["in/slice-2.dcm", 1, { ok: false, sound: true, verdict: "unknown" }],
  ])("%s exits with %d", async (name, exit, answer) => {
    expect(await check("slice.receipt", path(name))).toMatchObject({ exit, answer });
  });

  test("attributes that changed are named", async () => {
    const { answer } = await check("slice.receipt", path("other-patient.dcm"));
    expect(answer["changedAttributes"]).toEqual([
      { path: "0010,0020", keyword: "PatientID", change: "changed", class: "identity" },
    ]);
  });

  test("another log's policy does not do", async () => {
    const { exit, answer } = await check("slice.receipt", file, "other.policy");
    expect(exit).toBe(1);
    expect(answer).toMatchObject({ ok: false, sound: false, failed: "policy" });
    const [other] = Object.keys(
      (JSON.parse(readFileSync(path("other.policy"), "utf8")) as { genesis: object }).genesis,
    );
    expect(answer["policyLogs"]).toEqual([other]);
    const { log, organization } = (await check("slice.receipt", file)).answer as {
      log: string;
      organization: { id: string };
    };
    expect(answer).toMatchObject({ claimed: { log, organization: organization.id } });
    expect(answer).not.toHaveProperty("organization");
    const { stdout } = await run("verify-receipt", path("slice.receipt"), "--policy", path("other.policy"));
    expect(stdout).toContain(`This policy is of ${other}; the receipt is of ${log}`);
    expect(stdout).toContain("(POLICY_OF_OTHER_LOG)");
    expect(stdout).toContain(`says of itself, and nothing here proves, that it is of the log ${log}`);
    // Names stand behind commitments of a log that nobody vouched for.
    expect(stdout).not.toContain("Gateway");
    expect(stdout).not.toContain("This organization");
  });

  test("a stranger reads for whom it was signed: by the name that it discloses, else by the id", async () => {
    const named = await run("verify-receipt", path("slice.receipt"), "--policy", path("data.policy"));
    expect(named.stdout).toContain("Signed for This organization.\n");
    const receipt = parseReceipt(readFileSync(path("slice.receipt"), "utf8"));
    const keyChain = receipt.keyChain.map((entry) => ({ ...entry, disclosures: {} }));
    writeFileSync(path("nameless.receipt"), formatReceipt({ ...receipt, keyChain }));
    const { answer } = await check("nameless.receipt", file);
    const { id } = answer["organization"] as { id: string };
    expect(answer).toMatchObject({ ok: true, organization: { id }, keeper: { id } });
    const nameless = await run("verify-receipt", path("nameless.receipt"), "--policy", path("data.policy"));
    const words = `organization ${id}, whose name the receipt does not disclose`;
    expect(nameless.stdout).toContain(`Signed for ${words}.\n`);
    expect(nameless.stdout).toContain(`rules applied by ${words}, alone`);
  });

  test.each([
    ["a hash of the proof", /("hashes":\["[0-9a-f]{20})([0-9a-f])/, "inclusion"],
    ["the salt of the object", /("salt":"[0-9a-f]{20})([0-9a-f])/, undefined],
    ["the statement", /("payload":"[A-Za-z0-9+/]{400})([A-Za-z0-9+/])/, undefined],
    ["the checkpoint", /(— [^ ]+ [A-Za-z0-9+/]{60})([A-Za-z0-9+/])/, "checkpoint"],
  ])("a receipt with another digit in %s fails", async (what, digit, failed) => {
    const text = readFileSync(path("slice.receipt"), "utf8");
    const forged = text.replace(digit, (_, before: string, was: string) => before + (was === "0" ? "1" : "0"));
    expect(forged).not.toBe(text);
    writeFileSync(path(`${what}.receipt`), forged);
    const { exit, answer } = await check(`${what}.receipt`, file);
    expect(exit).toBe(1);
    expect(answer).toMatchObject({ ok: false, sound: false, failed: failed ?? expect.any(String) });
  });

  test("what is no receipt at all is told like one that does not hold", async () => {
    const { exit, answer } = await check("notes.txt");
    expect([exit, answer]).toEqual([
      1,
      expect.objectContaining({ ok: false, steps: [{ step: "receipt", result: "fails", code: "RECEIPT_MALFORMED" }] }),
    ]);
  });

  test("people read every step, what fails, and whose word it rests on", async () => {
    const good = await run("verify-receipt", path("slice.receipt"), file, "--policy", path("data.policy"));
    for (const step of [...steps.filter((name) => name !== "keyChain"), "key chain"])
      expect(good.stdout).toMatch(new RegExp(`^✓ ${step} `, "m"));
    expect(good.stdout).toContain("sequenced, not witnessed; rules applied by This organization alone");
    const bad = await run(
      "verify-receipt",
      path("slice.receipt"),
      path("altered.dcm"),
      "--policy",
      path("data.policy"),
    );
    expect(bad.stdout).toMatch(/^✗ fingerprint /m);
    expect(bad.stdout).toContain("It fails at: fingerprint.");
  });

  test.each([
    ["of another study and patient", "report.dcm", "unknown"],
    ["that was altered", "altered.dcm", "altered"],
    ["of somebody else", "other-patient.dcm", "header-changed"],
    ["that is no object", "notes.txt", "unknown"],
  ])("of a file %s the last line is the verdict, and does not reassure", async (_, name, verdict) => {
    const of = name === "report.dcm" ? path("in", name) : path(name);
    const ended = await run("verify-receipt", path("slice.receipt"), of, "--policy", path("data.policy"));
    expect(ended.exit).toBe(1);
    const last = ended.stdout.trimEnd().split("\n").at(-1) as string;
    expect(last).toMatch(/^NOT VERIFIED: /);
    expect(last).toContain(`(${verdict})`);
    expect(last).not.toMatch(/\bholds\b/);
    const quiet = await run("verify-receipt", path("slice.receipt"), of, "--policy", path("data.policy"), "--quiet");
    expect([quiet.stdout, quiet.stderr]).toEqual(["", `${last}\n`]);
  });

  test("of a good file, and of a receipt that fails, the verdict comes last too", async () => {
    const last = async (policy: string) =>
      (await run("verify-receipt", path("slice.receipt"), file, "--policy", path(policy))).stdout
        .trimEnd()
        .split("\n")
        .at(-1);
    expect(await last("data.policy")).toMatch(/^Verified: .*\(identical\)/);
    expect(await last("other.policy")).toMatch(/^NOT VERIFIED: the policy /);
  });

  test.each([
    ["no receipt there", ["gone.receipt"], "PATH_UNREADABLE", 2],
    ["no file there", ["slice.receipt", "gone.dcm"], "PATH_UNREADABLE", 2],
    ["a policy that is none", ["slice.receipt", "--policy", "notes.txt"], "TRUST_POLICY_MALFORMED", 1],
  ])("%s is an error", async (_, given, code, exit) => {
    const ended = await run("verify-receipt", "--policy", "data.policy", "--json", ...given);
    expect([ended.exit, ended.stdout, errorOf(ended.stderr)]).toEqual([exit, "", code]);
  });
});

async function check(receipt: string, object?: string, policy = "data.policy") {
  const given = [path(receipt), ...(object === undefined ? [] : [object])];
  const ended = await run("verify-receipt", ...given, "--policy", path(policy), "--json");
  expect(ended.stderr).toBe("");
  return { exit: ended.exit, answer: ended.json()[0] as Record<string, unknown> };
}

function errorOf(stderr: string): string | undefined {
  const [line, json] = stderr.split("\n");
  const { code, message } = (JSON.parse(json!) as { error: { code: string; message: string } }).error;
  expect(line).toBe(`fiducial: ${message} (${code})`);
  return code;
}
