// Starts, hears and kills the process that grows a ledger under load.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** What a process said before it ended. */
export interface Said {
  readonly accepted: Map<string, number>;
  readonly refused: number;
  /** The largest checkpoint it published. */
  readonly signed: number;
  /** The code with which it gave up. */
  readonly failed: string | undefined;
  readonly closed: boolean;
  /** What it wrote to standard error. */
  readonly complaint: string;
}

/** A process that has made its statements and waits. */
export interface LoadedLedger {
  readonly said: Said;
  /** Lets it open the ledger; resolves when it is open, or has ended. */
  go(): Promise<void>;
  /** Resolves when it has acknowledged so many statements since it was started, or has ended. */
  acknowledged(count: number): Promise<void>;
  /** Lets it close the ledger. */
  stop(): void;
  /** Holds it where it is, until `resume`; resolves when it stands still. */
  pause(): Promise<void>;
  resume(): void;
  kill(): void;
  readonly ended: Promise<void>;
}

/** Where the ledger is, and how the process is started. */
export interface LoadedLedgerOptions {
  readonly ledger: string;
  readonly mark: string;
  readonly round: number;
  /** More of the process's own options. */
  readonly options?: readonly string[];
  /** A program with its arguments that runs Node: strace. */
  readonly under?: readonly string[];
  readonly program?: string;
  /** Where Node keeps what it has compiled; beside the mark unless told otherwise. */
  readonly compileCache?: string;
}

const worker = join(import.meta.dirname, "loaded-ledger-worker.ts");

/** Starts a process; resolves when it is ready to go, or has ended. */
export async function startLoadedLedger({
  ledger,
  mark,
  round,
  options = [],
  under = [],
  program = worker,
  compileCache = join(dirname(mark), "compile-cache"),
}: LoadedLedgerOptions): Promise<LoadedLedger> {
  const own = [process.execPath, program, "--ledger", ledger, "--mark", mark, "--round", String(round), ...options];
  const [command = process.execPath, ...args] = [...under, ...own];
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };
  const child = spawn(command, args, { env, stdio: "pipe" });
  child.stdin.on("error", () => {});
  const said = nothingSaid();
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.complaint += text;
  });
  const waiting: { readonly count: number; resolve(): void }[] = [];
  const marks = { ready: Promise.withResolvers<void>(), open: Promise.withResolvers<void>() };
  createInterface({ input: child.stdout }).on("line", (line) => {
    hear(said, line);
    if (line === "ready .") marks.ready.resolve();
    if (line.startsWith("open ")) marks.open.resolve();
    for (const { count, resolve } of waiting) if (said.accepted.size >= count) resolve();
  });
  const ended = endOf(child).then(() => {
    marks.ready.resolve();
    marks.open.resolve();
    for (const { resolve } of waiting) resolve();
  });
  await marks.ready.promise;
  return {
    said,
    go: () => {
      child.stdin.write("go\n");
      return marks.open.promise;
    },
    acknowledged: (count) =>
      new Promise((resolve) => {
        if (said.accepted.size >= count) resolve();
        waiting.push({ count, resolve });
      }),
    stop: () => void child.stdin.write("stop\n"),
    pause: () => standstill(child),
    resume: () => void child.kill("SIGCONT"),
    kill: () => void child.kill("SIGKILL"),
    ended,
  };
}

/** What a process says, before it has said anything. */
export function nothingSaid(): Hearing {
  return { accepted: new Map(), refused: 0, signed: 0, failed: undefined, closed: false, complaint: "" };
}

type Hearing = { -readonly [Part in keyof Said]: Said[Part] };

/** Adds what one line says. A line that a kill has cut off says nothing: it lacks its full stop. */
export function hear(said: Hearing, line: string): void {
  const [word, first = "", second] = line.split(" ");
  if (!line.endsWith(" .")) return;
  if (word === "accepted") said.accepted.set(first, Number(second));
  if (word === "refused") said.refused++;
  if (word === "signed") said.signed = Math.max(said.signed, Number(first));
  if (word === "failed") said.failed = first;
  if (word === "closed") said.closed = true;
}

async function standstill(child: ChildProcess): Promise<void> {
  child.kill("SIGSTOP");
  // The signal is on its way. proc(5): the state is the first word after the program's name.
  const state = () => /\) (.)/.exec(readFileSync(`/proc/${child.pid}/stat`, "utf8"))?.[1];
  while (child.exitCode === null && state() !== "T") await new Promise((resolve) => setTimeout(resolve, 1));
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
