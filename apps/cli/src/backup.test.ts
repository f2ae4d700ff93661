import { rmSync } from "node:fs";
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
  await run("devices", "add", "--name", "CT 9");
});

afterAll(() => b.remove());

test("a backup is restored, found too old, and recovered from", async () => {
  rmSync(path("data"), { recursive: true });
  const restored = await run("restore", path("backup"));
  expect([restored.exit, restored.stderr]).toEqual([1, expect.stringContaining("fiducial recover")]);
  expect((await run("status")).stderr).toContain("(BACKUP_TOO_OLD)");
  const [recovery] = (await run("recover", "--yes", "--json")).json();
  expect(recovery).toMatchObject({ origin: expect.any(String), predecessor: { size: expect.any(Number) } });
  const [audit] = (await run("audit", "--json")).json();
  expect(audit).toMatchObject({ ok: true, origin: recovery?.["origin"], ended: [{ size: recovery?.["held"] }] });
  const back = await run("members", "readmit", "--name", "dora", "--role", "auditor", "--key", path("dora.key"));
  expect(back.stdout).toContain("auditor");
});

test("a node that is running makes the backup itself", async () => {
  const { child, ended } = b.start("start", "--port", "0");
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  const [made] = (await run("backup", path("online"), "--json")).json();
  expect(made).toMatchObject({ where: path("online") });
  const restored = await run("restore", path("online"), "--data", path("elsewhere"));
  expect([restored.exit, restored.stdout]).toEqual([0, expect.stringContaining("keys are here and whole")]);
  const keyless = await run("restore", path("online"), "--data", path("keyless"), "--keys", path("no-keys"));
  expect([keyless.exit, keyless.stderr]).toEqual([1, expect.stringContaining("keys are missing")]);
  const { exit, stderr } = await run("members", "list");
  expect([exit, stderr]).toEqual([1, expect.stringContaining("(FOLDER_IN_USE)")]);
  child.kill("SIGTERM");
  await ended;
});
