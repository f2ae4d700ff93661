import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { openNode } from "@fiducial/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, writeStudies } from "./scratch/phantom-files.ts";

/** What is sealed in the statements below: no run may print it, no file may hold it in the clear. */
const secrets = {
  studyUid: "2.25.998877665544332211",
  tool: "Anonymizer-Zebra 4.1",
  destination: "ZEBRA-ARCHIVE-7",
  note: "2.25.112233445566778899",
  explanation: "The technologist swapped two bracelets named Zebra",
  instance: "2.25.313233343536373839",
};
const b = bench([...patientData, ...Object.values(secrets)]);
const { path, run } = b;
const manifest = "5e".repeat(32);
const derived = "d1".repeat(16);
let study = "";
let registration = "";
let transfer = "";
const stated: string[] = [];

beforeAll(async () => {
  writeStudies(path("in"));
  const lines = (await run("ingest", path("in"), "--json")).json();
  const slices = lines.find(({ instances }) => instances === 3);
  [study, registration] = [String(slices?.["study"]), String(slices?.["statementId"])];
  for (const [name, role] of [
    ["tina", "technologist"],
    ["art", "auditor"],
    ["dora", "data-steward"],
  ] as const)
    await run("members", "add", "--name", name, "--role", role, "--key", path(`${name}.key`), "--no-passphrase");
});

afterAll(() => b.remove());

describe("a kind without a command of its own is stated", () => {
  test.each(["transferred", "rejected", "verified", "derived", "disputed"] as const)("%s", async (what) => {
    const [kind, fields, options] = statements()[what];
    const ended = await state(kind, fields, ...options, "--json");
    expect([ended.exit, ended.stderr]).toEqual([0, ""]);
    const [line] = ended.json();
    expect(line).toMatchObject({ kind, index: expect.any(Number), findings: [] });
    stated.push(String(line?.["statementId"]));
    if (what === "transferred") transfer = String(line?.["statementId"]);
  });

  test("from standard input, in the place of an earlier one", async () => {
    const amended = { open: { ...sent(), purpose: "HRESCH" }, sealed: { destination: secrets.destination } };
    const given = [transfer, "--reason", "amended", "--occurred-at", "2026-11-18T08:41:00.000+01:00", "--json"];
    const command = join(import.meta.dirname, "..", "bin", "fiducial");
    const env = { PATH: process.env["PATH"], HOME: path("home"), FIDUCIAL_DATA: path("data") };
    const piped = `printf '%s' "$FIELDS" | '${command}' state imaging.study.transferred --open - --supersedes ${given.join(" ")}`;
    const { stdout } = await promisify(execFile)("sh", ["-c", piped], {
      env: { ...env, FIDUCIAL_KEYS: path("keys"), FIELDS: JSON.stringify(amended) },
    });
    const { statementId, index, findings } = JSON.parse(stdout);
    expect(findings).toEqual(["LATE_ENTRY"]);
    stated.push(statementId);
    const shown = (await run("log", "--json")).json().find((entry) => entry["index"] === index);
    expect(JSON.stringify(shown)).not.toContain(secrets.destination);
  });

  test("in words, with its findings", async () => {
    const ended = await state("imaging.study.verified", { open: { study, result: "altered", instances: 1 } });
    expect(ended.stdout).toMatch(
      /^Entry \d+: imaging\.study\.verified\.\nStatement [0-9a-f]{64}\nFinding: .*\(COPY_ALTERED\)\n$/,
    );
  });

  test("and its receipt verifies without the folder", async () => {
    await run("policy", "-o", path("node.policy"));
    expect(stated).toHaveLength(6);
    // The derived one, and the one that took the place of another.
    for (const id of [stated[3], stated[5]]) {
      await run("receipt", String(id), "-o", path("stated.receipt"));
      const checked = await run(
        ...["verify-receipt", path("stated.receipt"), "--policy", path("node.policy"), "--data", path("none")],
      );
      expect([checked.exit, checked.stderr]).toEqual([0, ""]);
    }
  });
});

describe("before anything is sent", () => {
  test("--dry-run shows what would be said, by whom, and the answer", async () => {
    const size = (await run("status", "--json")).json()[0]?.["log"];
    const fields = { open: { study, reason: "quality", scope: "study", instances: 3 }, sealed: { note: secrets.note } };
    const shown = await state("imaging.study.rejected", fields, "--as", path("tina.key"), "--dry-run");
    expect(shown.exit).toBe(0);
    for (const text of [study, "(self)", "sealed      note", "data-steward", "It would be accepted."])
      expect(shown.stdout).toContain(text);
    const refused = await state("imaging.study.rejected", fields, "--as", path("art.key"), "--dry-run", "--json");
    expect([refused.exit, refused.json()[0]?.["verdict"]]).toEqual([1, { accepted: false, code: "ROLE_MISSING" }]);
    expect((await run("status", "--json")).json()[0]?.["log"]).toEqual(size);
  });

  test("a field that does not fit is named, and what it should be, never its value", async () => {
    const open = { study, reason: secrets.explanation, scope: "study", instances: -1 };
    const misfit = await state("imaging.study.rejected", { open, sealed: {} });
    expect([misfit.exit, misfit.stdout]).toEqual([1, ""]);
    expect(misfit.stderr).toContain("open.reason: <quality | patient-safety | ");
    expect(misfit.stderr).toContain("open.instances: <0 to 1000000000>");
    expect(misfit.stderr).toMatch(/\(open\.reason\) \(DRAFT_OPEN_INVALID\)\n$/);
    const sealed = { note: secrets.note, [secrets.explanation]: "" };
    const surplus = await state("imaging.study.rejected", {
      open: { ...open, reason: "quality", instances: 1 },
      sealed,
    });
    expect(surplus.stderr).toMatch(/^sealed: only note, instances\n.*\(DRAFT_SEALED_INVALID\)\n$/);
    writeFileSync(path("broken.json"), `{"sealed": {"note": "${secrets.note}" "`);
    const broken = await run("state", "imaging.study.rejected", "--open", path("broken.json"));
    expect([broken.exit, broken.stderr]).toEqual([2, expect.stringContaining("(USAGE)")]);
  });

  test("--template prints the form, which is not taken as it is", async () => {
    const form = await run("state", "imaging.study.registered", "--template", "--data", path("none"));
    expect(JSON.parse(form.stdout)).toMatchObject({ open: { study: "<32 hexadecimal digits>" } });
    const { stdout } = await run("state", "imaging.study.rejected", "--template");
    const asItIs = await state("imaging.study.rejected", JSON.parse(stdout));
    expect([asItIs.exit, asItIs.stderr]).toEqual([2, expect.stringMatching(/open\.study is still .*\(USAGE\)\n$/)]);
  });

  test.each([
    "state imaging.study.rejected",
    "state imaging.study.forgotten --template",
    "state imaging.erasure.executed --open x.json",
    "state imaging.study.registered --open x.json",
    "state imaging.study.rejected --open x.json --basis heard",
    "state identity.log.sealed --open x.json --basis seen",
    "state imaging.study.rejected --open x.json --occurred-at yesterday",
    "state imaging.study.rejected --open x.json --supersedes 7c",
    "state imaging.study.rejected --open x.json --supersedes 7c --reason amended",
    "state imaging.study.rejected --open x.json --reason because",
  ])("%s is wrong use", async (line) => {
    const { exit, stderr } = await run(...line.split(" "));
    expect([exit, stderr]).toEqual([2, expect.stringMatching(/^fiducial: .+ \(USAGE\)\n$/)]);
  });
});

describe("the ledger's refusal has its code", () => {
  test.each([
    "ROLE_MISSING",
    "STATEMENT_UNKNOWN",
    "SUPERSEDES_OTHER_KIND",
    "CONTRACT_NOT_NEWER",
    "SUBJECT_NOT_ONE",
  ] as const)("%s", async (code) => {
    const open = { study, reason: "quality", scope: "study", instances: 3 };
    const activated = { version: 1, digest: "00".repeat(32), atIndex: 1_000_000 };
    const disputed = { statement: "00".repeat(32), reason: "other" };
    const [kind, fields, ...options] = {
      ROLE_MISSING: ["imaging.study.rejected", { open }, "--as", path("art.key")],
      STATEMENT_UNKNOWN: ["identity.statement.disputed", { open: disputed }],
      SUPERSEDES_OTHER_KIND: ["imaging.study.rejected", { open }, "--supersedes", registration, "--reason", "amended"],
      CONTRACT_NOT_NEWER: ["identity.contract.activated", { open: activated }, "--yes"],
      SUBJECT_NOT_ONE: [
        "imaging.study.rejected",
        { open: { ...open, study: "00".repeat(16) }, sealed: { note: secrets.note } },
      ],
    }[code] as [string, object, ...string[]];
    const ended = await state(kind, fields, ...options);
    expect([ended.exit, ended.stdout]).toEqual([1, ""]);
    expect(ended.stderr).toMatch(new RegExp(`^fiducial: .+ \\(${code}\\)\n$`));
  });

  test("while another process has the folder, that one is named", async () => {
    const node = await openNode({ data: path("data"), keys: path("keys"), threads: 1 });
    const ended = await state("imaging.study.verified", { open: { study, result: "identical", instances: 3 } });
    await node.close();
    expect([ended.exit, ended.stderr]).toEqual([1, expect.stringContaining("(FOLDER_IN_USE)")]);
  });
});

describe("afterwards", () => {
  test("nothing that was sealed is in the clear in any file", () => {
    const files = readdirSync(path("data"), { recursive: true, encoding: "utf8" }).map((name) => path("data", name));
    const bytes = Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
    expect(bytes.includes(derived) || bytes.includes(Buffer.from(derived, "hex"))).toBe(true);
    for (const secret of Object.values(secrets)) expect(bytes.includes(secret)).toBe(false);
  });

  test("the log can be sealed, when somebody says so twice, and is sound", async () => {
    const fields = { open: { reason: "ended" } };
    const asked = await state("identity.log.sealed", fields);
    expect([asked.exit, asked.stderr]).toEqual([2, expect.stringContaining("(ANSWER_MISSING)")]);
    expect((await state("identity.log.sealed", fields, "--yes")).exit).toBe(0);
    const late = await state("imaging.study.verified", { open: { study, result: "identical", instances: 3 } });
    expect([late.exit, late.stderr]).toEqual([1, expect.stringContaining("(LOG_SEALED)")]);
    expect((await run("audit")).exit).toBe(0);
  });
});

function state(kind: string, fields: object, ...options: string[]) {
  writeFileSync(path("fields.json"), JSON.stringify(fields));
  return run("state", kind, "--open", path("fields.json"), ...options);
}

const sent = () => ({ study, direction: "sent", purpose: "TREAT", instances: 3, outcome: "completed" });

type Stated = readonly [kind: string, fields: object, options: readonly string[]];

function statements(): Record<"transferred" | "rejected" | "verified" | "derived" | "disputed", Stated> {
  const { destination, explanation, instance, note, studyUid, tool } = secrets;
  const objects = { modalities: ["MR"], series: 1, instances: 3, manifest };
  return {
    transferred: ["imaging.study.transferred", { open: sent(), sealed: { destination, protocol: "DIMSE" } }, []],
    rejected: [
      "imaging.study.rejected",
      {
        open: { study, reason: "wrong-worklist-entry", scope: "instances", instances: 1 },
        sealed: { note, instances: [instance] },
      },
      ["--as", path("tina.key"), "--basis", "seen"],
    ],
    verified: [
      "imaging.study.verified",
      { open: { study, result: "identical", instances: 3 } },
      ["--as", path("art.key")],
    ],
    derived: [
      "imaging.study.derived",
      {
        open: { study: derived, ...objects, sources: [study], method: "de-identified" },
        sealed: { studyUid, tool, profile: ["113100"], sourceInstances: [instance] },
      },
      ["--as", path("dora.key"), "--counter-sign", path("tina.key")],
    ],
    disputed: [
      "identity.statement.disputed",
      { open: { statement: registration, reason: "wrong-content" }, sealed: { explanation } },
      ["--as", path("tina.key")],
    ],
  };
}
