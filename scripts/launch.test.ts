import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { type Ended, run } from "./test/process.ts";
import { scratchFolder } from "./test/scratch-folder.ts";

const target = `
const [first] = process.argv.slice(2);
console.log(JSON.stringify({ args: process.argv.slice(2), path: process.env.PATH }));
if (first === "exit") process.exit(7);
if (first === "die") process.kill(process.pid, "SIGKILL");
if (first === "wait") { process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("ready"); }
`;

/** A project whose npm is a shell script: it notes its arguments and, unless told to fail, makes node_modules. */
function project(npmExit = 0): {
  root: string;
  launch: (...args: string[]) => Promise<Ended>;
  npmCalls: () => string[];
  env: NodeJS.ProcessEnv;
} {
  const root = scratchFolder({
    "package.json": JSON.stringify({ name: "p", workspaces: ["packages/*"] }),
    "package-lock.json": "{}",
    "packages/a/package.json": `{"name":"a"}`,
    "target.ts": target,
    "bin/npm": `#!/bin/sh\necho "$*" >> "$(dirname "$0")/calls"\nmkdir -p node_modules\nexit ${npmExit}\n`,
  });
  mkdirSync(join(root, "scripts"));
  cpSync(join(import.meta.dirname, "launch.mjs"), join(root, "scripts", "launch.mjs"));
  chmodSync(join(root, "bin", "npm"), 0o755);
  const env = { PATH: [join(root, "bin"), process.env["PATH"]].join(delimiter) };
  const launch = (...args: string[]): Promise<Ended> =>
    run(process.execPath, ["scripts/launch.mjs", "target.ts", ...args], { cwd: root, env });
  const calls = join(root, "bin", "calls");
  const npmCalls = (): string[] => (existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : []);
  return { root, launch, npmCalls, env };
}

test("installs once, then again only when the lock file or a package.json changes", async () => {
  const { root, launch, npmCalls } = project();
  await launch();
  await launch();
  expect(npmCalls()).toHaveLength(1);
  expect(npmCalls()[0]).toMatch(/^ci --ignore-scripts/);
  writeFileSync(join(root, "packages", "a", "package.json"), `{"name":"a","version":"2.0.0"}`);
  await launch();
  writeFileSync(join(root, "package-lock.json"), "{ }");
  await launch();
  expect(npmCalls()).toHaveLength(3);
});

test("a failed install starts nothing and is tried again", async () => {
  const { launch, npmCalls } = project(1);
  expect(await launch()).toMatchObject({ code: 1, output: expect.not.stringContaining("args") });
  await launch();
  expect(npmCalls()).toHaveLength(2);
});

test("passes arguments and exit code, and puts the project's programs first in PATH", async () => {
  const { root, launch } = project();
  const { code, output } = await launch("exit", "--data", "D d");
  const said = JSON.parse(output.split("\n").find((line) => line.startsWith("{")) ?? "{}") as {
    args: string[];
    path: string;
  };
  expect(code).toBe(7);
  expect(said.args).toEqual(["exit", "--data", "D d"]);
  expect(said.path.split(delimiter)[0]).toBe(join(root, "node_modules", ".bin"));
});

test("passes a signal on, and ends by the signal that ended the script", async () => {
  const { root, launch, env } = project();
  expect((await launch("die")).code).toBeNull();
  const child = spawn(process.execPath, ["scripts/launch.mjs", "target.ts", "wait"], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  child.stdout.on("data", (chunk: Buffer) => chunk.includes("ready") && child.kill("SIGTERM"));
  expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(9);
});

test("says how it is used when no script is given", async () => {
  const { root, env } = project();
  expect((await run(process.execPath, ["scripts/launch.mjs"], { cwd: root, env })).code).toBe(2);
});
