import { expect, test } from "vitest";
import { run, stopPrograms } from "./process.ts";

const forever = ["--eval", "console.log('up'); setInterval(() => {}, 1000)"];

test("collects both streams and the exit code", async () => {
  const script = "console.log('out'); console.error('err'); process.exitCode = 3";
  const { code, output } = await run(process.execPath, ["--eval", script], { env: { FIDUCIAL_X: "1" } });
  expect([code, output.split("\n").sort()]).toEqual([3, ["", "err", "out"]]);
});

test("a program that is not there has no exit code and says so", async () => {
  expect(await run("no-such-program-here", [])).toMatchObject({
    code: null,
    output: expect.stringContaining("no-such"),
  });
});

test("a program is stopped at its limit", async () => {
  expect(await run(process.execPath, forever, { limitMs: 50 })).toMatchObject({ code: null, stopped: true });
});

test("a program is stopped with its caller", async () => {
  const ended = run(process.execPath, forever);
  stopPrograms("SIGKILL");
  expect(await ended).toMatchObject({ code: null, stopped: false });
});
