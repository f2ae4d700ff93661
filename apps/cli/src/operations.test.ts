import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, writeStudies } from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;
const [patient = ""] = patientData;
const approvers = ["--approver", path("dora.key"), "--approver", path("dan.key")];
let study = "";
let report: Record<string, unknown> | undefined;

beforeAll(async () => {
  writeStudies(path("in"));
  const lines = (await run("ingest", path("in"), "--json")).json();
  study = String(lines.find(({ instances }) => instances === 3)?.["study"]);
  report = lines.find(({ instances }) => instances === 1);
  for (const name of ["dora", "dan"])
    await run(
      "members",
      "add",
      "--name",
      name,
      "--role",
      "data-steward",
      "--key",
      path(`${name}.key`),
      "--no-passphrase",
    );
});

afterAll(() => b.remove());

test("a study is filed under another patient, and shared with a warning until somebody else has checked", async () => {
  const handle = String(report?.["study"]);
  const [byDora, byDan] = [approvers.slice(0, 2), approvers.slice(2)];
  const corrected = await run("correct", handle, "--to-patient-id", "NEW-1", ...byDora, "--yes", "--json");
  expect(corrected.json()[0]).toMatchObject({ study: handle, scopes: 0, holders: [] });
  const receipt = await run("receipt", String(report?.["statementId"]), "-o", path("report.receipt"));
  expect([receipt.exit, receipt.stderr]).toEqual([0, expect.stringContaining("(STUDY_FROZEN)")]);
  const verified = await run("verify", path("in", "report.dcm"));
  expect([verified.exit, verified.stdout]).toEqual([0, expect.stringContaining("(STUDY_FROZEN)")]);
  const [answer] = (await run("verify", path("in", "report.dcm"), "--json")).json();
  expect(answer).toMatchObject({ verdict: "identical", notices: ["STUDY_FROZEN"] });
  const again = await run("correct", handle, "--dry-run", "--json");
  expect([again.exit, again.json()[0]]).toMatchObject([1, { verdict: { accepted: false, code: "STUDY_FROZEN" } }]);
  const own = await run("correct", handle, "--complete", ...byDora);
  expect([own.exit, own.stderr]).toEqual([1, expect.stringContaining("(CORRECTION_OWN)")]);
  expect((await run("correct", handle, "--complete", ...byDan)).exit).toBe(0);
});

describe("a patient", () => {
  test("is not forgotten while a hold keeps a study", async () => {
    const held = await run("hold", study, "--reason", "legal", ...approvers.slice(0, 2), "--json");
    expect(held.json()[0]).toMatchObject({ hold: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const foreseen = { verdict: { accepted: false, code: "STUDY_HELD" } };
    for (const dry of [
      ["forget", "--patient-id", patient, "--dry-run"],
      ["destroy", study, "--reason", "rejected", "--dry-run"],
    ]) {
      const told = await run(...dry);
      expect([told.exit, told.stdout]).toEqual([1, expect.stringContaining("(STUDY_HELD)")]);
      const json = await run(...dry, "--json");
      expect([json.exit, json.json()[0]]).toMatchObject([1, foreseen]);
    }
    const refused = await run("forget", "--patient-id", patient, ...approvers, "--yes");
    expect([refused.exit, refused.stderr]).toEqual([1, expect.stringContaining("(STUDY_HELD)")]);
    expect((await run("hold", study, "--release", ...approvers.slice(0, 2))).exit).toBe(0);
    const free = await run("destroy", study, "--reason", "rejected", "--dry-run", "--json");
    expect([free.exit, free.json()[0]]).toMatchObject([0, { verdict: { accepted: true } }]);
  });

  test("is found by an id on standard input, and what would go and survive is told first", async () => {
    const command = join(import.meta.dirname, "..", "bin", "fiducial");
    await run("backup", path("backup"));
    const env = {
      PATH: process.env["PATH"],
      HOME: path("home"),
      FIDUCIAL_DATA: path("data"),
      FIDUCIAL_KEYS: path("keys"),
    };
    const forgetting = `printf '%s\\n' "$PATIENT" | '${command}' forget --patient-id --dry-run --json`;
    const { stdout } = await promisify(execFile)("sh", ["-c", forgetting], { env: { ...env, PATIENT: patient } });
    expect(JSON.parse(stdout)).toMatchObject({
      studies: [{ study, objects: 3 }],
      counts: { receipts: 0, backups: 1, copies: 0 },
    });
    const asked = await run("forget", "--patient-id", patient, ...approvers);
    expect([asked.exit, asked.stderr]).toEqual([2, expect.stringContaining(path("backup"))]);
    expect(asked.stderr).toContain("--yes");
    const unnamed = await run("forget", "--patient-id", ...approvers);
    expect([unnamed.exit, unnamed.stderr]).toEqual([2, expect.stringMatching(/--patient-id.*\(ANSWER_MISSING\)/)]);
  });

  test("is forgotten when two approve", async () => {
    const ended = await run("forget", "--patient-id", patient, ...approvers, "--yes");
    expect([ended.exit, ended.stderr]).toEqual([0, ""]);
    expect(ended.stdout).toContain("0 receipts, 1 backup, 0 other copies");
    const again = await run("forget", "--patient-id", patient, ...approvers, "--yes");
    expect([again.exit, again.stderr]).toEqual([1, expect.stringContaining("(SUBJECT_UNKNOWN)")]);
    expect((await run("audit")).exit).toBe(0);
  });
});
