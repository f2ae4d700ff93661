// Runs a program under strace: which system calls it makes on a ledger's files, with one of them failing, or the last of its life.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const strace = "strace";

/** What happens at a call: an error, once or from then on, or the end of the process, before the call is made. */
export interface Injection {
  readonly call: TracedCall;
  /** Counted from 1 among the calls of that name. */
  readonly number: number;
  readonly fault: Fault;
}

export type Fault = "EIO" | "EIO from then on" | "ENOSPC" | "SIGKILL";

/** The calls by which files are made, written, flushed, named, removed and read. */
export const tracedCalls = [
  "openat",
  "write",
  "pwrite64",
  "fsync",
  "fdatasync",
  "ftruncate",
  "rename",
  "renameat",
  "renameat2",
  "unlink",
  "unlinkat",
  "pread64",
  "read",
] as const;
export type TracedCall = (typeof tracedCalls)[number];

/** What to start a program with, so that its calls on the ledger in `folder` are noted in the file `trace`, and one of them fails. */
export function injecting(folder: string, trace: string, injection?: Injection): readonly string[] {
  const calls = ["-e", `trace=${tracedCalls.join()}`];
  if (injection === undefined) return [...tracing(folder, trace), ...calls];
  const { call, number, fault } = injection;
  const when = fault === "EIO from then on" ? `${number}+` : `${number}`;
  return [...tracing(folder, trace), ...calls, "-e", `inject=${call}:${effects[fault]}:when=${when}`];
}

const effects: Readonly<Record<Fault, string>> = {
  EIO: "error=EIO",
  "EIO from then on": "error=EIO",
  ENOSPC: "error=ENOSPC",
  SIGKILL: "signal=SIGKILL",
};

/** What to start a program with, so that everything it changes in `folder` is recorded in the file `trace`, with all bytes. */
export function recording(folder: string, trace: string): readonly string[] {
  const changing = tracedCalls.filter((call) => call !== "pread64" && call !== "read");
  return [...tracing(folder, trace), "-y", "-xx", "-s", "1000000", "-e", `trace=${changing.join()}`];
}

/** Every file that there may be beside a ledger, and what its process says. */
const names = [
  "ledger.db",
  "ledger.db-wal",
  "ledger.db-shm",
  "ledger.db-journal",
  "ledger.db.seal",
  "ledger.db.seal.new",
  "high-water",
  "high-water.new",
  "said",
];

function tracing(folder: string, trace: string): readonly string[] {
  const paths = [folder, ...names.map((name) => join(folder, name))];
  return [strace, "-f", "-qq", "-o", trace, ...paths.flatMap((path) => ["-P", path])];
}

/** How often each call was made. */
export function countCalls(trace: string): ReadonlyMap<TracedCall, number> {
  const counts = new Map<TracedCall, number>();
  for (const [, name] of readFileSync(trace, "utf8").matchAll(/^\d+ +(\w+)\(/gm))
    counts.set(name as TracedCall, (counts.get(name as TracedCall) ?? 0) + 1);
  return counts;
}

/** Tells whether the injection took place: a later run may make fewer calls than were counted. */
export function wasInjected(trace: string): boolean {
  return /\(INJECTED\)$|killed by SIGKILL/m.test(readFileSync(trace, "utf8"));
}

/** Throws when this machine does not let a program be traced. */
export function ensureTracing(): void {
  const { status, stderr, error } = spawnSync(strace, ["-qq", "-e", "trace=none", process.execPath, "--version"]);
  if (status !== 0)
    throw new Error(`${strace} cannot trace programs here: ${error?.message ?? stderr.toString().trim()}`);
}
