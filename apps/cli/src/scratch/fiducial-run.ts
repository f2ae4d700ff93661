// Runs the real command in a folder of its own, as its users do: with arguments, an environment, and nothing else.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a run ended. */
export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of standard output as JSON. */
  json(): Record<string, unknown>[];
}

/** A place to run the command in. */
export interface Bench {
  /** The folder; `path` names something in it. */
  path(...names: string[]): string;
  /** Runs to the end. The data folder is `data` unless `--data` or `--node` says otherwise. */
  run(...given: string[]): Promise<Ended>;
  /** The same, with more in the environment. */
  runIn(environment: Readonly<Record<string, string>>, ...given: string[]): Promise<Ended>;
  /** Starts and leaves it running; `ended` resolves at the end. */
  start(...given: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  /** The same, with more in the environment. */
  startIn(
    environment: Readonly<Record<string, string>>,
    ...given: string[]
  ): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  remove(): void;
}

const command = join(import.meta.dirname, "..", "..", "bin", "fiducial");
const cache = join(import.meta.dirname, "..", "..", "..", "..", "build", "test", "cache");

/** Makes a place: no keys, settings or caches of whoever runs the tests get into it. `never` are texts that no run may write: patients' data. */
export function bench(never: readonly string[] = []): Bench {
  const folder = mkdtempSync(join(tmpdir(), "fiducial-cli-"));
  const path = (...names: string[]) => join(folder, ...names);
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: path("home"),
    // Kept from run to run: compiling everything anew for each file of tests would take most of their time.
    XDG_CACHE_HOME: cache,
    FIDUCIAL_DATA: path("data"),
    FIDUCIAL_KEYS: path("keys"),
  };

  const running = new Set<ChildProcess>();

  function startIn(more: Readonly<Record<string, string>>, given: readonly string[]) {
    const child = spawn(command, given, { cwd: folder, env: { ...env, ...more }, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name]?.setEncoding("utf8").on("data", (text: string) => {
        texts[name] += text;
      });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exit) => {
        running.delete(child);
        const leaked = never.find((text) => texts.stdout.includes(text) || texts.stderr.includes(text));
        if (leaked !== undefined) reject(new Error(`fiducial ${given.join(" ")} wrote patient data: ${leaked}`));
        else resolve({ exit, ...texts, json: () => jsonLines(texts.stdout) });
      });
    });
    return { child, ended };
  }

  return {
    path,
    start: (...given) => startIn({}, given),
    startIn: (more, ...given) => startIn(more, given),
    run: (...given) => startIn({}, given).ended,
    runIn: (more, ...given) => startIn(more, given).ended,
    remove: () => {
      for (const child of running) child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
