import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, slices, writeStudies } from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;
let file: string;

beforeAll(async () => {
  [file = ""] = writeStudies(path("in"));
  writeFileSync(path("short.dcm"), slices[0]!.subarray(0, slices[0]!.length - 1000));
  await run("ingest", path("in"));
});

afterAll(() => b.remove());

test("there is no verdict on what cannot be read: it is listed, and the rest goes on", async () => {
  const ended = await run("verify", path("gone"), file, "--json");
  expect(ended.exit).toBe(1);
  const [gone, read] = ended.json();
  expect(gone).toMatchObject({ file: path("gone"), harmless: false, code: "PATH_UNREADABLE" });
  expect(gone).not.toHaveProperty("verdict");
  expect(read).toMatchObject({ file, verdict: "identical" });
  const { stdout, stderr } = await run("verify", path("gone"), file);
  expect(stderr).toContain("(PATH_UNREADABLE)");
  expect(stdout).not.toContain("unknown");
});

const truncated = { verdict: "altered", notes: expect.arrayContaining(["PIXEL_DATA_TRUNCATED"]) };

test("of a file that ends early it is said that it does", async () => {
  const { exit, stdout } = await run("verify", path("short.dcm"));
  expect([exit, stdout]).toEqual([1, expect.stringContaining("(PIXEL_DATA_TRUNCATED)")]);
  expect((await run("verify", path("short.dcm"), "--json")).json()).toMatchObject([truncated]);
  expect((await run("verify", file, "--json")).json()[0]).not.toHaveProperty("notes");
});

test("a file that is no DICOM object is unknown, and why is told in the words of the page too", async () => {
  writeFileSync(path("notes.txt"), "Nothing that DICOM knows of, at some length.");
  const { exit, stdout } = await run("verify", path("notes.txt"));
  expect([exit, stdout]).toEqual([1, expect.stringContaining("(NOT_DICOM)")]);
  const unknown = { verdict: "unknown", reason: "NOT_DICOM", harmless: false };
  expect((await run("verify", path("notes.txt"), "--json")).json()).toMatchObject([unknown]);
});

test("a node says the same of it", async () => {
  const { child, ended } = b.start("start", "--port", "0");
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  expect((await run("verify", path("short.dcm"), "--json")).json()).toMatchObject([truncated]);
  child.kill("SIGTERM");
  await ended;
});
