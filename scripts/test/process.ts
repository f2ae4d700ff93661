// Running other programs: output collected or passed through, no shell.

import { type ChildProcess, spawn } from "node:child_process";

/** How a program ended: its exit code (null: by a signal, or never begun), whether at its limit, and what it wrote. */
export interface Ended {
  code: number | null;
  stopped: boolean;
  output: string;
}

/** Where and how to run; `show` passes output on instead of collecting it; after `limitMs` the program is stopped. */
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  show?: boolean;
  limitMs?: number;
}

const running = new Set<ChildProcess>();

/** Passes a signal to every program that `run` started and that has not ended, so that none outlives its caller. */
export function stopPrograms(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
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
    running.add(child);
    let stopped = false;
    const stop = (): void => {
      stopped = true;
      child.kill();
    };
    const limit = options.limitMs === undefined ? undefined : setTimeout(stop, options.limitMs);
    child.on("close", () => {
      clearTimeout(limit);
      running.delete(child);
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    const output = (): string => Buffer.concat(chunks).toString("utf8");
    child.on("error", (error) => resolve({ code: null, stopped, output: `${output()}${command}: ${error.message}\n` }));
    child.on("close", (code) => resolve({ code, stopped, output: output() }));
  });
}
