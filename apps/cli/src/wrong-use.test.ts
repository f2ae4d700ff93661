import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { commands } from "./commands.ts";
import { bench } from "./scratch/fiducial-run.ts";

const b = bench();
const { path, run } = b;

afterAll(() => b.remove());

test.each([
  "frobnicate",
  "verify",
  "ingest",
  "receipt",
  "verify-receipt x.receipt",
  "verify-receipt --policy p",
  "audit now",
  "verify x --frob",
  "log --limit 0",
  "log --limit many",
  "start --port 70000",
  "status --threads 0",
  "status --data",
  "members add --name x",
  "members add --name x --key x.key --role chief",
  "members revoke 3f --reason compromised",
  "forget --dry-run",
  "forget x --dry-run",
  "hold 77 --reason legal --approver dora.key",
  "correct 77 --complete --approver dora.key",
  "retention 00000000000000000000000000000000 --until 2026-02-30 --approver dora.key",
])("%j is wrong use", async (line) => {
  const { exit, stdout, stderr } = await run(...line.split(" "));
  expect(exit).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^fiducial: .+ \(USAGE\)\n$/);
});

test.each([
  ["hold 77 --reason legal", "hold"],
  ["hold 77 --reason legal --approver dora.key", "hold"],
  ["--data a members add --name x", "members add"],
  ["verify-receipt x.receipt", "verify-receipt"],
])("%j leads to that command's help", async (line, command) => {
  expect((await run(...line.split(" "))).stderr).toContain(`See 'fiducial ${command} --help'.`);
});

test("what is no command leads to the help of all", async () => {
  expect((await run("frobnicate")).stderr).toContain("See 'fiducial --help'.");
});

test("with --json wrong use is told in JSON too", async () => {
  const { exit, stderr } = await run("verify", "--json");
  expect(exit).toBe(2);
  expect(JSON.parse(stderr.split("\n")[1]!)).toMatchObject({ error: { code: "USAGE" } });
});

test("no command at all shows the help on standard error", async () => {
  const { exit, stdout, stderr } = await run();
  expect([exit, stdout]).toEqual([2, ""]);
  for (const { name } of commands) expect(stderr).toContain(`  ${name.split(" ")[0]}`);
});

test("help and version are answers", async () => {
  const version = await run("--version");
  expect([version.exit, version.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  const help = await run("verify", "--help");
  expect(help.exit).toBe(0);
  for (const text of ["<file...>", "--data", "With --json", "Examples"]) expect(help.stdout).toContain(text);
});

test.each([["help"], ["help", "verify"], ["members", "help", "add"]])("%s %s %s is an answer", async (...words) => {
  const { exit, stdout, stderr } = await run(...words);
  expect([exit, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Usage: fiducial /);
});

test.each([
  "verify gone.dcm",
  "ingest gone.dcm",
  "receipt gone.dcm",
  "receipt .",
  "receipt 00ff00ff",
  "verify-receipt gone.receipt --policy gone",
  "verify-receipt . --policy .",
  "restore gone",
])("%s names what cannot be read, and nothing is made for it", async (line) => {
  const { exit, stdout, stderr } = await run(...line.split(" "));
  expect([exit, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^fiducial: .+ \(PATH_UNREADABLE\)\n$/);
  expect(existsSync(path("data"))).toBe(false);
});

test("nothing heavy is loaded before a command needs it", () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from] of readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\s(?!type\b)(?:[^;"]*? from )?"([^"]+)";$/gm,
    )) {
      if (from!.startsWith(".")) visit(join(dirname(file), from!));
      else if (!from!.startsWith("node:")) packages.add(from!);
    }
  };
  visit(join(import.meta.dirname, "main.ts"));
  expect(seen.size).toBeGreaterThan(commands.length);
  expect([...packages]).toEqual(["commander"]);
});

test("a reader that leaves early is no error", async () => {
  const command = join(import.meta.dirname, "..", "bin", "fiducial");
  const { stdout, stderr } = await promisify(execFile)("sh", ["-c", `'${command}' kinds --json | head -c 9`], {
    env: { PATH: process.env["PATH"], HOME: path("home"), NODE_COMPILE_CACHE: "" },
  });
  expect([stdout, stderr]).toEqual(['[{"kind":', ""]);
});

test("colours are for terminals, and for nobody who does not want them", async () => {
  expect((await run("kinds")).stdout).not.toContain("\u001b");
  expect((await run("kinds", "--no-color")).stdout).not.toContain("\u001b");
});
