// Pipes and devices where a file is wanted: they work, or are refused at once; nothing waits for ever.
import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { chunksOf } from "./text-source.ts";

const b = bench();
const { path, run } = b;
const command = new URL("../bin/fiducial", import.meta.url).pathname;

beforeAll(async () => {
  writeFileSync(path("o.dcm"), smallObject());
  await run("ingest", path("o.dcm"));
  await run("receipt", path("o.dcm"), "-o", path("r"));
  await run("policy", "-o", path("p"));
  execFileSync("mkfifo", [path("fifo")]);
}, 60_000);
afterAll(() => b.remove());

/** Runs a line of bash, in which `fiducial` is ours, and resolves with exit status and output. */
function bash(line: string): Promise<{ exit: number | null; stdout: string; stderr: string }> {
  const script = `fiducial() { '${command}' "$@"; }; cd '${path()}'; ${line}`;
  const child = spawn("bash", ["-c", script], { env: { PATH: process.env["PATH"], HOME: path("home") } });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  return new Promise((resolve) => child.on("close", (exit) => resolve({ exit, ...texts })));
}

describe("a receipt and a policy", () => {
  test.each([
    ["from standard input", "fiducial verify-receipt - -p p < r"],
    ["through a pipe", "cat r | fiducial verify-receipt - -p p"],
    ["through a slow pipe", "(head -c 99 r; sleep 1; tail -c +100 r) | fiducial verify-receipt - -p p"],
    ["from /dev/stdin", "cat r | fiducial verify-receipt /dev/stdin -p p"],
    ["from /dev/stdin, a file", "fiducial verify-receipt /dev/stdin -p p < r"],
    ["by process substitution", "fiducial verify-receipt <(cat r) -p <(cat p)"],
    ["by slow process substitution", "fiducial verify-receipt <(sleep 1; cat r) -p p"],
    ["through a named pipe", "cat r > fifo & fiducial verify-receipt fifo -p p"],
    ["the policy from standard input", "cat p | fiducial verify-receipt r -p -"],
    ["with the file from standard input, where that is a file", "fiducial verify-receipt r /dev/stdin -p p < o.dcm"],
  ])("%s: verified", async (_, line) => {
    expect(await bash(line)).toMatchObject({ exit: 0, stderr: "" });
  });
});

describe("refused at once, in a line", () => {
  test.each([
    ["a named pipe that nobody writes to", "fiducial verify-receipt fifo -p p"],
    ["a policy through one", "fiducial verify-receipt r -p fifo"],
    ["a file through one", "fiducial verify-receipt r fifo -p p"],
    ["a file through any pipe", "cat o.dcm | fiducial verify-receipt r /dev/stdin -p p"],
    ["a file by process substitution", "fiducial verify-receipt r <(cat o.dcm) -p p"],
    ["a pipe without a byte", "fiducial verify-receipt <(true) -p p"],
    ["a device without end", "fiducial verify-receipt /dev/zero -p p"],
    ["an endless pipe", "fiducial verify-receipt <(cat /dev/zero) -p p"],
    ["endless standard input", "cat /dev/zero | fiducial verify-receipt - -p p"],
    ["a file of holes", "truncate -s 1T holes; fiducial verify-receipt holes -p p"],
    ["a folder", "fiducial verify-receipt . -p p"],
    ["to verify a pipe", "fiducial verify fifo --data data"],
    ["to verify a device", "fiducial verify /dev/zero --data data"],
    ["to ingest a pipe", "fiducial ingest fifo --data data"],
    ["the receipt of a pipe", "fiducial receipt fifo --data data"],
    ["the fields of a pipe", "fiducial state imaging.study.rejected --open fifo --data data"],
    ["what lies below a file", "fiducial verify-receipt r/x -p p"],
  ])("%s", async (_, line) => {
    const { exit, stdout, stderr } = await bash(line);
    expect([exit, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^fiducial: .+ \(PATH_UNREADABLE\)\n$/);
  });

  test("a pipe whose writer says nothing", async () => {
    const writer = spawn("sh", ["-c", `exec sleep 60 > '${path("fifo")}'`]);
    const reading = chunksOf(path("fifo"), { writerMs: 20_000, silenceMs: 40 }).next();
    await expect(reading).rejects.toMatchObject({ code: "PATH_UNREADABLE" });
    writer.kill();
  });

  test("both through standard input", async () => {
    const { exit, stderr } = await bash("cat r p | fiducial verify-receipt - -p -");
    expect([exit, stderr]).toEqual([2, expect.stringMatching(/\(USAGE\)\n$/)]);
  });

  test("a key in a pipe", async () => {
    const { exit, stderr } = await bash(
      "chmod 600 fifo; fiducial state imaging.study.rejected --as fifo --open r --data data",
    );
    expect([exit, stderr]).toEqual([2, expect.stringMatching(/^fiducial: .+\)\n$/)]);
  });
});
