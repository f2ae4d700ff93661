// Starts, hears and kills the process that grows a ledger under load.
import { type ChildProcess, spawn } from "node:child_process";
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
}: LoadedLedgerOptions): Promise<LoadedLedger> {
  const own = [process.execPath, program, "--ledger", ledger, "--mark", mark, "--round", String(round), ...options];
  const [command = process.execPath, ...args] = [...under, ...own];
  const env = { ...process.env, NODE_COMPILE_CACHE: join(dirname(mark), "compile-cache") };
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => {});
  const said = {
    accepted: new Map<string, number>(),
    refused: 0,
    signed: 0,
    failed: undefined as string | undefined,
    closed: false,
  };
  const waiting: { readonly count: number; resolve(): void }[] = [];
  const marks = { ready: Promise.withResolvers<void>(), open: Promise.withResolvers<void>() };
  createInterface({ input: child.stdout }).on("line", (line) => {
    const words = line.split(" ");
    // What a kill has cut off was not heard.
    if (words.pop() !== ".") return;
    const [word, first = "", second] = words;
    if (word === "ready") marks.ready.resolve();
    else if (word === "open") marks.open.resolve();
    else if (word === "accepted") {
      said.accepted.set(first, Number(second));
      for (const { count, resolve } of waiting) if (said.accepted.size >= count) resolve();
    } else if (word === "refused") said.refused++;
    else if (word === "signed") said.signed = Math.max(said.signed, Number(first));
    else if (word === "failed") said.failed = first;
    else if (word === "closed") said.closed = true;
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
    kill: () => void child.kill("SIGKILL"),
    ended,
  };
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
