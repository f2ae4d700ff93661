// How long a process takes from its first line until it can take statements and answer questions, and how much memory it holds then.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LogBench } from "../context.ts";
import { sizeName } from "../options.ts";
import { median } from "../runs.ts";

/** What the child says of itself. */
export interface Started {
  /** Opening store, replica and projection. */
  readonly openMs: number;
  /** From the start of the process. */
  readonly totalMs: number;
  readonly residentMB: number;
}

export const start: LogBench = {
  name: "start",
  run: async ({ report, runs }, { folder, size }) => {
    const started: Started[] = [];
    for (let run = 0; run < runs; run++) started.push(await startedIn(folder));
    const of = (value: (one: Started) => number) => median(started.map(value));
    const at = `at ${sizeName(size)}`;
    report({
      what: `process ready, ${at}`,
      measure: "s",
      ours: of(({ totalMs }) => totalMs) / 1000,
      runs,
      aim: "< 1 s",
    });
    report({ what: `of that, opening the log, ${at}`, measure: "s", ours: of(({ openMs }) => openMs) / 1000, runs });
    report({
      what: `memory then, ${at}`,
      measure: "MB",
      ours: of(({ residentMB }) => residentMB),
      runs,
      aim: "< 300 MB",
    });
  },
};

function startedIn(folder: string): Promise<Started> {
  const program = fileURLToPath(new URL("./opened-process.ts", import.meta.url));
  const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
    });
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(said) as Started) : reject(new Error(`exit ${code}`)),
    );
  });
}
