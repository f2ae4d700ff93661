import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, writeStudies } from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;

beforeAll(async () => {
  writeStudies(path("in"));
  await run("ingest", path("in"));
  await run("members", "add", "--name", "dora", "--key", path("dora.key"), "--no-passphrase");
  await run("backup", path("backup"));
  await run("devices", "add", "--name", "CT 9", "--manufacturer", "Maker", "--model", "M", "--serial", "9");
});

afterAll(() => b.remove());

test("a backup is restored, found too old, and recovered from", async () => {
  rmSync(path("data"), { recursive: true });
  const restored = await run("restore", path("backup"));
  expect([restored.exit, restored.stderr]).toEqual([1, expect.stringContaining("fiducial recover")]);
  expect((await run("status")).stderr).toContain("(BACKUP_TOO_OLD)");
  const [ending] = (await run("recover", "--dry-run", "--json")).json();
  const lost = Number(ending?.["lost"]);
  expect(ending).toMatchObject({ reason: "too-old", held: Number(ending?.["signed"]) - lost });
  expect(lost).toBeGreaterThan(0);
  for (const words of [[], ["--yes"], ["--lose", String(lost + 1)], ["--yes", "--lose", String(lost + 1)]]) {
    const refused = await run("recover", ...words);
    expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining(`--lose ${lost}. (LOSS_NOT_NAMED)`)]);
  }
  expect((await run("status")).stderr).toContain("(BACKUP_TOO_OLD)");
  const [recovery] = (await run("recover", "--lose", String(lost), "--json")).json();
  expect(recovery).toMatchObject({ lost });
  expect(recovery).toMatchObject({ origin: expect.any(String), predecessor: { size: expect.any(Number) } });
  const late = await run("restore", path("backup"), "--data", path("late"), "--json");
  expect([late.exit, late.json()[0]]).toMatchObject([1, { keys: "ended", successor: recovery?.["origin"] }]);
  for (const words of [["recover", "--dry-run"], ["recover", "--yes"], ["status"]]) {
    const refused = await run(...words, "--data", path("late"));
    expect([refused.exit, refused.stderr]).toEqual([1, expect.stringContaining("(LOG_ENDED)")]);
    expect(refused.stderr).toContain(String(recovery?.["origin"]));
  }
  const named = ["--instead-of", String(recovery?.["origin"])];
  const told = await run("recover", "--dry-run", ...named, "--data", path("late"), "--json");
  expect(Number(told.json()[0]?.["lost"])).toBeGreaterThan(lost);
  const [audit] = (await run("audit", "--json")).json();
  expect(audit).toMatchObject({ ok: true, origin: recovery?.["origin"], ended: [{ size: recovery?.["held"] }] });
  const back = await run("members", "readmit", "--name", "dora", "--role", "auditor", "--key", path("dora.key"));
  expect(back.stdout).toContain("auditor");
});

test("nobody is asked for a yes when there is nothing to recover from", async () => {
  const { exit, stderr } = await run("recover");
  expect([exit, stderr]).toEqual([1, expect.stringContaining("(RECOVERY_NOT_NEEDED)")]);
});

test("a machine's secret is not in a backup: restoring says so, and the machine is added anew", async () => {
  await run("tokens", "add", "RIS", "--scope", "ledger.read");
  expect((await run("tokens", "list", "--json")).stdout).toContain("RIS");
  await run("backup", path("machines"));
  const restored = await run("restore", path("machines"), "--data", path("anew"));
  expect(restored.stdout).toContain("fiducial tokens add");
  expect((await run("tokens", "list", "--json", "--data", path("anew"))).stdout).not.toContain("RIS");
});

test("damaged objects are listed by backup and restore, and the rest goes on", async () => {
  const objects = (folder: string) =>
    readdirSync(path(folder, "objects"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".dcm"));
  const [name = ""] = objects("data");
  const file = path("data", "objects", name);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.with(0, bytes[0]! ^ 1));
  const damaged = [{ object: basename(name, ".dcm"), code: "OBJECT_DIFFERS" }];
  const made = await run("backup", path("damaged"), "--json");
  expect([made.exit, made.json()]).toEqual([1, [expect.objectContaining({ objects: 4, damaged })]]);
  const restored = await run("restore", path("damaged"), "--data", path("worn"), "--json");
  expect([restored.exit, restored.json()]).toEqual([1, [expect.objectContaining({ keys: "whole", damaged })]]);
  expect(objects("worn")).toHaveLength(4);
  writeFileSync(file, bytes);
  const mended = await run("backup", path("damaged"), "--check");
  expect([mended.exit, mended.stderr]).toEqual([0, ""]);
  expect(mended.stdout).toContain("1 of them copied now");
});

test("objects that are lost are listed, and stay in the backup", async () => {
  await run("backup", path("kept"));
  const folder = path("data", "objects");
  renameSync(folder, path("aside"));
  const made = await run("backup", path("kept"), "--json");
  const lost = { object: expect.any(String), code: "OBJECT_MISSING", inBackup: "whole" };
  expect([made.exit, made.json()]).toEqual([
    1,
    [expect.objectContaining({ objects: 4, damaged: [lost, lost, lost, lost] })],
  ]);
  const { exit, stderr } = await run("backup", path("kept"));
  expect([exit, stderr]).toEqual([1, expect.stringContaining("the backup has it whole. (OBJECT_MISSING)\n")]);
  expect((await run("restore", path("kept"), "--data", path("brought"))).exit).toBe(0);
  expect((await run("audit", "--data", path("brought"))).exit).toBe(0);
  expect((await run("backup", path("bare"))).stderr).toContain("neither in the store nor in the backup");
  const bare = await run("restore", path("bare"), "--data", path("barely"), "--json");
  expect([bare.exit, bare.json()]).toEqual([
    1,
    [expect.objectContaining({ damaged: Array(4).fill({ object: expect.any(String), code: "OBJECT_MISSING" }) })],
  ]);
  rmSync(folder, { recursive: true });
  renameSync(path("aside"), folder);
});

test("a node that is running makes the backup itself", async () => {
  const { child, ended } = b.start("start", "--port", "0");
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  const [made] = (await run("backup", path("online"), "--json")).json();
  expect(made).toMatchObject({ where: path("online") });
  const restored = await run("restore", path("online"), "--data", path("elsewhere"));
  expect([restored.exit, restored.stdout]).toEqual([0, expect.stringContaining("keys are here and whole")]);
  expect(restored.stdout).toContain(`the node of ${path("data")} on `);
  const keyless = await run("restore", path("online"), "--data", path("keyless"), "--keys", path("no-keys"));
  expect([keyless.exit, keyless.stderr]).toEqual([1, expect.stringContaining("keys are missing")]);
  const [{ node }] = (await run("status", "--json")).json() as [{ node: string }];
  const alone = [
    ["members", "list"],
    ["restore", path("online")],
    ["recover", "--yes"],
  ];
  for (const words of alone) {
    const { exit, stderr } = await run(...words);
    expect([exit, stderr], words[0]).toEqual([1, expect.stringContaining(`open, at ${node}. `)]);
    expect(stderr, words[0]).toContain("(FOLDER_IN_USE)");
  }
  expect((await run("status", "--json")).json()[0]).toMatchObject({ node });
  for (const words of alone.slice(1)) expect((await run(...words, "--node", node)).stderr).toContain("(USAGE)");
  child.kill("SIGTERM");
  await ended;
});

test("while a node runs, a copy with the same keys is neither served nor recovered; a killed one holds nothing", async () => {
  cpSync(path("data"), path("copy"), { recursive: true });
  await run("devices", "add", "--name", "CT 10", "--manufacturer", "Maker", "--model", "M", "--serial", "10");
  const { child, ended } = b.start("start", "--port", "0");
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  for (const words of [["start", "--port", "0"], ["recover", "--dry-run"], ["recover", "--yes"], ["status"]]) {
    const { exit, stderr } = await run(...words, "--data", path("copy"));
    expect([exit, stderr], words[0]).toEqual([1, expect.stringContaining(`for ${path("data")} on `)]);
    expect(stderr, words[0]).toContain("(KEYS_IN_USE)");
  }
  child.kill("SIGKILL");
  await ended;
  expect((await run("status", "--data", path("copy"))).stderr).toContain("(BACKUP_TOO_OLD)");
  const told = await run("recover", "--dry-run", "--data", path("copy"), "--json");
  expect([told.exit, told.json()[0]]).toEqual([0, expect.objectContaining({ lost: expect.any(Number) })]);
});
