// A Go program of our own under conformance/, built anew for each test file: Go's build cache makes that a second.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll } from "vitest";

const execute = promisify(execFile);

/** Takes JSON on standard input and gives JSON on standard output. */
export type GoProgram = (input: unknown) => Promise<unknown>;

/** Builds the program of a folder, or returns undefined when there is no Go here or its modules cannot be had. Throws when it does not build. */
export async function goProgram(folder: string): Promise<GoProgram | undefined> {
  try {
    await execute("go", ["mod", "download"], { cwd: folder });
  } catch {
    return undefined;
  }
  const built = mkdtempSync(join(tmpdir(), "fiducial-go-"));
  afterAll(() => rmSync(built, { recursive: true, force: true }));
  const path = join(built, "program");
  await execute("go", ["build", "-trimpath", "-mod=readonly", "-o", path, "."], {
    cwd: folder,
    env: { ...process.env, CGO_ENABLED: "0" },
  });
  return (input) => runJson(path, input);
}

function runJson(path: string, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, [], { stdio: ["pipe", "pipe", "inherit"] });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(output).toString("utf8")));
      else reject(new Error(`the program ended with ${code}`));
    });
    child.stdin.end(JSON.stringify(input));
  });
}
