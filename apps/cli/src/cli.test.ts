import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pydicomData } from "../../../scripts/shared-data.ts";
import { bench } from "./scratch/fiducial-run.ts";
import {
  fromArchive,
  patientData,
  slices,
  withFlippedPixelBit,
  withOtherPatient,
  writeMany,
  writeStudies,
} from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;
let files: readonly string[];

beforeAll(async () => {
  files = writeStudies(path("in"));
  writeFileSync(path("altered.dcm"), withFlippedPixelBit(slices[0]!));
  writeFileSync(path("coerced.dcm"), fromArchive(slices[0]!));
  writeFileSync(path("other-patient.dcm"), withOtherPatient(slices[0]!));
  writeFileSync(path("notes.txt"), "Nothing that DICOM knows of.");
  mkdirSync(path("empty"));
});

afterAll(() => b.remove());

describe("before there is a data folder", () => {
  test.each(["verify in", "receipt in/slice-1.dcm", "policy", "audit", "log", "status", "start"])(
    "%s says so and makes none",
    async (line) => {
      const { exit, stdout, stderr } = await run(...line.split(" "));
      expect(exit).toBe(1);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^fiducial: .*\(FOLDER_MISSING\)\n$/);
      expect(existsSync(path("data"))).toBe(false);
    },
  );
});

describe("ingest", () => {
  test("registers one statement a study, lists what it refuses, and goes on", async () => {
    const ended = await run("ingest", path("gone"), path("in"), path("notes.txt"), "--json");
    const lines = ended.json();
    expect(ended.exit).toBe(1);
    expect(lines).toHaveLength(3);
    for (const line of lines.slice(0, 2)) {
      expect(line).toMatchObject({
        study: expect.stringMatching(/^[0-9a-f]{32}$/),
        statementId: expect.stringMatching(/^[0-9a-f]{64}$/),
        index: expect.any(Number),
        known: 0,
      });
    }
    expect(lines.slice(0, 2).map(({ instances }) => instances)).toEqual(expect.arrayContaining([1, 3]));
    expect(lines[2]).toMatchObject({ instances: 4, studies: 2, known: 0 });
    const refused = lines[2]!["refused"] as { file: string; code: string; message: string }[];
    expect(refused.map(({ file, code }) => [file, code]).sort()).toEqual([
      [path("gone"), "PATH_UNREADABLE"],
      [path("notes.txt"), "NOT_DICOM"],
    ]);
    expect(ended.stderr).toBe("");
  });

  test("says that there was nothing to take in", async () => {
    const { exit, stdout } = await run("ingest", path("empty"));
    expect([exit, stdout]).toEqual([0, expect.stringMatching(/^There is no file in what was named\.\n/)]);
  });

  test("registers the same folder once", async () => {
    const size = async () => (await run("status", "--json")).json()[0]!["log"];
    const before = await size();
    const ended = await run("ingest", path("in"), "--json");
    expect(ended.exit).toBe(0);
    expect(ended.json().at(-1)).toEqual({ instances: 0, studies: 2, known: 4, versions: 0, refused: [], missing: [] });
    expect(await size()).toEqual(before);
  });

  const dicomdir = join(pydicomData() ?? "", "dicomdirtests", "DICOMDIR");
  test.skipIf(pydicomData() === undefined)("takes what a DICOMDIR lists (needs Debian's python3-pydicom)", async () => {
    const ended = await run("ingest", dicomdir, "--data", path("medium"), "--json");
    expect(ended.exit).toBe(0);
    expect(ended.json().at(-1)).toMatchObject({ instances: 31, refused: [] });
  });

  test("tells people the same, refusals on standard error", async () => {
    const { exit, stdout, stderr } = await run("ingest", path("in"), path("notes.txt"));
    expect(exit).toBe(1);
    expect(stdout).toContain("4 objects known already");
    expect(stdout).toMatch(/^ {2}study [0-9a-f]{32} {2}entry /m);
    expect(stdout).toContain("1 file refused");
    expect(stderr).toContain(`${path("notes.txt")}: `);
    expect(stderr).toContain("(NOT_DICOM)");
    const quiet = await run("ingest", path("in"), path("notes.txt"), "--quiet");
    expect([quiet.stdout, quiet.stderr]).toEqual(["", stderr]);
  });

  test("interrupted, registers what it took, and goes on from there", async () => {
    const count = 900;
    writeMany(path("many"), count);
    const { child, ended } = b.start("ingest", path("many"), "--data", path("stopped"), "--threads", "1", "--json");
    while (!existsSync(path("stopped", "objects")) || readdirSync(path("stopped", "objects")).length < 20)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGINT");
    const stopped = await ended;
    expect(stopped.exit).toBe(130);
    const { instances } = stopped.json().at(-1) as { instances: number };
    expect(instances).toBeGreaterThan(0);
    expect(instances).toBeLessThan(count);
    const rest = await run("ingest", path("many"), "--data", path("stopped"), "--json");
    expect(rest.exit).toBe(0);
    expect(rest.json().at(-1)).toMatchObject({ instances: count - instances, known: instances });
    expect((await run("audit", "--data", path("stopped"))).exit).toBe(0);
  });
});

describe("verify", () => {
  test("finds registered files identical", async () => {
    const ended = await run("verify", path("in"), "--json");
    expect(ended.exit).toBe(0);
    expect(ended.json().map(({ verdict }) => verdict)).toEqual(Array(4).fill("identical"));
    expect(ended.json()[1]).toMatchObject({
      file: files[0],
      changedAttributes: [],
      harmless: true,
      statementId: expect.stringMatching(/^[0-9a-f]{64}$/),
      index: expect.any(Number),
    });
  });

  test.each([
    ["altered.dcm", "altered", 1],
    ["coerced.dcm", "header-changed", 0],
    ["other-patient.dcm", "header-changed", 1],
    ["notes.txt", "unknown", 1],
  ])("finds %s %s, and exits with %d", async (name, verdict, exit) => {
    const ended = await run("verify", path(name), "--json");
    expect(ended.exit).toBe(exit);
    expect(ended.json()).toMatchObject([{ file: path(name), verdict, harmless: exit === 0 }]);
  });

  test("names changed attributes with their class, never with their value", async () => {
    const ended = await run("verify", path("coerced.dcm"), path("other-patient.dcm"), "--json");
    const changes = ended.json().map(({ changedAttributes }) => changedAttributes);
    expect(changes).toEqual([
      [{ path: "0008,0054", keyword: "RetrieveAETitle", change: "added", class: "coercible" }],
      [{ path: "0010,0020", keyword: "PatientID", change: "changed", class: "identity" }],
    ]);
  });

  test("tells people the word, what was compared, and who registered it when", async () => {
    const { exit, stdout } = await run("verify", path("in"), path("altered.dcm"), path("other-patient.dcm"));
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^✓ identical .*slice-1\.dcm$/m);
    expect(stdout).toMatch(/^✗ altered .*altered\.dcm$/m);
    expect(stdout).toMatch(/^ {4}\(0010,0020\) PatientID: changed, identity$/m);
    expect(stdout).toMatch(/^ {4}Registered \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by Gateway .*device /m);
    expect(stdout).toMatch(/^6 files: 4 identical, 1 altered, 1 header-changed\.$/m);
  });

  test("does not call nothing well", async () => {
    const { exit, stderr } = await run("verify", path("empty"));
    expect(exit).toBe(1);
    expect(stderr).toContain("(NOTHING_FOUND)");
  });
});

describe("a node", () => {
  test("is talked to by commands about its folder, and ends cleanly when interrupted", async () => {
    const { child, ended } = b.start("start", "--port", "0", "--json");
    const url = await new Promise<string>((resolve) =>
      child.stdout?.once("data", (line: string) => resolve((JSON.parse(line) as { url: string }).url)),
    );
    const status = await run("status", "--json");
    expect(status.json()[0]).toMatchObject({ folder: path("data"), node: url });
    expect((await run("verify", files[0]!, "--json")).json()[0]).toMatchObject({ verdict: "identical" });
    const audited = (await run("audit", "--json")).json()[0];
    // Log, gateway, its key, two studies; and what was verified was read.
    expect(audited).toMatchObject({
      ok: true,
      size: expect.any(Number),
      origin: expect.stringMatching(/./),
      ended: [],
    });
    expect(audited!["size"]).toBeGreaterThan(5);
    const audit = await run("audit");
    expect(audit.stdout).toMatch(new RegExp(`^✓ ${audited!["size"]} entries `));
    expect(audit.stdout).toContain(`${audited!["rootHash"]}  ${audited!["origin"]}\n`);
    const receipt = JSON.parse((await run("receipt", files[0]!)).stdout) as Record<string, unknown>;
    expect(receipt).toMatchObject({ format: "fiducial-receipt-v1", objects: [expect.anything()] });
    const again = (await run("ingest", path("in"), path("notes.txt"), "--json")).json().at(-1);
    expect(again).toMatchObject({ instances: 0, known: 4, refused: [{ file: path("notes.txt"), code: "NOT_DICOM" }] });
    const second = await run("start", "--json");
    expect(second.exit).toBe(1);
    expect(second.stderr).toContain(url);
    const [, json] = second.stderr.split("\n");
    expect(JSON.parse(json!)).toMatchObject({ error: { code: "FOLDER_IN_USE" } });
    child.kill("SIGINT");
    expect((await ended).exit).toBe(130);
    expect((await run("status", "--json")).json()[0]).toMatchObject({ node: null });
    const gone = await run("status", "--node", url);
    expect([gone.exit, gone.stderr]).toEqual([1, expect.stringContaining("(UNREACHABLE)")]);
  });
});

describe("log, status and kinds", () => {
  test("log lists the newest entries first, in sentences", async () => {
    const all = (await run("log", "--limit", "200", "--json")).json();
    const indexes = all.map(({ index }) => index);
    expect(indexes).toEqual(indexes.map((_, at) => indexes.length - 1 - at));
    expect((await run("log", "--limit", "2", "--json")).json()).toEqual(all.slice(0, 2));
    const lines = all.filter(({ kind }) => kind === "imaging.study.registered");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      says: expect.stringContaining("registered"),
      findings: expect.any(Array),
    });
    const { stdout } = await run("log");
    // What the JSON says is what the lines say.
    for (const { says } of lines) expect(stdout).toContain(says);
    expect(stdout).toMatch(/^ *#0 .*founded this log with its root keys\.$/m);
    expect(stdout).toMatch(/^ *#\d+ .*received 3 objects of an MR study and registered them\.$/m);
  });

  test("status tells size, root, checkpoint and folder", async () => {
    const entries = (await run("log", "--limit", "200", "--json")).json().length;
    expect((await run("status", "--json")).json()).toMatchObject([
      {
        organization: { id: expect.any(String), name: expect.any(String) },
        ordering: "local",
        log: { origin: expect.any(String), size: entries, rootHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        checkpoint: { size: entries, cosigners: [] },
        folder: path("data"),
        node: null,
      },
    ]);
    const { stdout } = await run("status");
    expect(stdout).toContain("not witnessed");
    expect(stdout).toMatch(/^ordering +local/m);
    expect(stdout).toMatch(/^store +SQLite, ledger\.db/m);
  });

  test("kinds needs no folder and prints one array", async () => {
    const ended = await run("kinds", "--json", "--data", path("nowhere"));
    expect([ended.exit, existsSync(path("nowhere"))]).toEqual([0, false]);
    const kinds = JSON.parse(ended.stdout) as Record<string, unknown>[];
    const registered = kinds.find(({ kind }) => kind === "imaging.study.registered");
    expect(registered).toMatchObject({ version: 1, application: "imaging", nature: "observation", home: "own" });
    for (const member of ["by", "open", "sealed", "refusals", "findings"]) expect(registered).toHaveProperty(member);
    const { stdout } = await run("kinds");
    for (const { kind } of kinds) expect(stdout).toContain(kind);
  });
});
