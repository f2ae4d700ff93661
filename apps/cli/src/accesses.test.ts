// `fiducial accesses`: what this very command showed, and what a node did, by role.
import { afterAll, beforeAll, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, writeStudies } from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;
let files: readonly string[];
let study: string;

beforeAll(async () => {
  files = writeStudies(path("in"));
  const registered = (await run("ingest", path("in"), "--json")).json();
  const verified = (await run("verify", files[0] as string, "--json")).json()[0] as { study: string };
  study = verified.study;
  expect(registered.map((line) => line["study"])).toContain(study);
});
afterAll(() => b.remove());

test("tells what was read of a study by the command itself, the newest first, and that it was asked for", async () => {
  await run("receipt", files[0] as string);
  const { exit, stdout } = await run("accesses", study, "--json");
  expect(exit).toBe(0);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const said = lines.map(({ action, what, readerType, roles }) => [action, what, readerType, roles]);
  expect(said[0]).toEqual(["export", "receipt", "operator", []]);
  expect(said).toContainEqual(["verify", "study", "operator", []]);
  expect(lines.every((line) => line["study"] === study)).toBe(true);
  const again = (await run("accesses", study, "--json")).json()[0];
  expect(again).toMatchObject({ action: "view", what: "access-list" });
  expect((await run("accesses", study, "-n", "1", "--json")).json()).toHaveLength(1);
});

test("tells people in lines, and says when there is none", async () => {
  const { stdout } = await run("accesses");
  expect(stdout).toMatch(/^#\d+ {2}\d{4}-\d\d-\d\d .* operator: verify study of a study \(MR\)$/m);
  expect(stdout).toMatch(/HSYSADMIN \(presumed\) · study [0-9a-f]+/);
  const none = await run("accesses", "0".repeat(32));
  expect([none.exit, none.stdout]).toEqual([0, "No such read is recorded.\n"]);
  expect((await run("accesses", "--from", "2999-01-01", "--json")).stdout).toBe("");
});

test("the log leaves reads out when it is asked to, and goes on beyond them to as many entries", async () => {
  const kinds = async (...given: string[]) => (await run("log", "--json", ...given)).json().map(({ kind }) => kind);
  const all = await kinds("--limit", "200");
  const changes = all.filter((kind) => kind !== "access.read.performed");
  expect(changes.length).toBeLessThan(all.length);
  expect(await kinds("--without-reads", "--limit", "2")).toEqual(changes.slice(0, 2));
  expect(await kinds("--without-reads", "--limit", "200")).toEqual(changes);
});

test.each([
  ["accesses", "abc"],
  ["accesses", "--from", "yesterday"],
  ["accesses", "--until", "2026-02-30"],
  ["accesses", "--reader", "me"],
])("%s %s is wrong use", async (...line) => {
  const { exit, stderr } = await run(...line);
  expect([exit, stderr]).toEqual([2, expect.stringContaining("(USAGE)")]);
});
