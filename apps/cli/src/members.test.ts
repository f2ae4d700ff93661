import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, writeStudies } from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;

beforeAll(async () => {
  writeStudies(path("in"));
  await run("ingest", path("in", "report.dcm"));
});

afterAll(() => b.remove());

describe("members", () => {
  test.each(["dora", "dan"])("%s is added with a key file", async (name) => {
    const key = path(`${name}.key`);
    const ended = await run(
      "members",
      "add",
      "--name",
      name,
      "--role",
      "data-steward",
      "--key",
      key,
      "--no-passphrase",
    );
    expect([ended.exit, ended.stderr]).toEqual([0, ""]);
    expect(JSON.parse(readFileSync(key, "utf8"))).toMatchObject({ format: "fiducial-member-key-v1" });
  });

  test("are listed by role, and by name when asked", async () => {
    const listed = await run("members", "list");
    expect(listed.stdout).toMatch(/^[0-9a-f]{32} {2}data-steward {2}1 key\n/);
    expect(listed.stdout).not.toContain("dora");
    const named = (await run("members", "list", "--names", "--json")).json();
    expect(named.map(({ name }) => name)).toEqual(["dora", "dan"]);
    const { exit, stderr } = await run("members", "grant", String(named[0]?.["actor"]), "--role", "data-steward");
    expect([exit, stderr]).toEqual([1, expect.stringContaining("(ROLE_HELD)")]);
  });

  test("a passphrase has to come from somewhere", async () => {
    const { exit, stderr } = await run("members", "add", "--name", "eve", "--key", path("eve.key"));
    expect([exit, stderr]).toEqual([2, expect.stringContaining("(ANSWER_MISSING)")]);
    expect(existsSync(path("eve.key"))).toBe(false);
  });
});

test("a device by which no image could be found is wrong use", async () => {
  const whole = ["--name", "CT 9", "--manufacturer", "Maker", "--model", "M1"];
  const { exit, stderr } = await run("devices", "add", ...whole);
  expect([exit, stderr]).toEqual([2, expect.stringContaining("--serial")]);
  const blank = await run("devices", "add", ...whole, "--serial", " ");
  expect([blank.exit, blank.stderr]).toEqual([1, expect.stringContaining("(DEVICE_INCOMPLETE)")]);
  expect((await run("devices", "list")).stdout).toBe("None yet.\n");
});

test("devices are added and listed", async () => {
  await run("devices", "add", "--name", "CT 2", "--manufacturer", "Maker", "--model", "M1", "--serial", "77");
  expect((await run("devices", "list")).stdout).toMatch(/^[0-9a-f]{32} {2}CT 2 {2}\(Maker M1 77\)\n$/);
});
