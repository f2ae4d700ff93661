// Running other programs: output collected or passed through, no shell.

import { spawn } from "node:child_process";

/** How a program ended: its exit code (null when a signal or a missing program ended it) and, if collected, its output. */
export interface Ended {
  code: number | null;
  output: string;
}

/** Where and how to run; `show` passes output through to the terminal instead of collecting it. */
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  show?: boolean;
}

/** Runs a program to its end and never throws: a program that is not there has code null and says so in its output. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { show = false, cwd } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      // Shown output goes out as one stream, so that nothing can end up behind the counts.
      stdio: show ? ["ignore", 1, 1] : ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...options.env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    const output = (): string => Buffer.concat(chunks).toString("utf8");
    child.on("error", (error) => resolve({ code: null, output: `${output()}${command}: ${error.message}\n` }));
    child.on("close", (code) => resolve({ code, output: output() }));
  });
}
