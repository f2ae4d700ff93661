// Processes that serve: a node or its peer, each in one of its own, so that whoever sends does not share a thread with it.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Connections of those who send single statements: so many programs of a department. Whoever sends batches needs few. */
export const singles = 64;

/** What a process that serves says of itself. */
export interface Serving {
  readonly port: number;
  /** What its requests are authorized with. */
  readonly token: string;
  /** The key file of whoever signs, and a study that something may be said of. Of the node only. */
  readonly keyFile?: string;
  readonly study?: string;
}

/** A process that serves. */
export interface ServingProcess {
  readonly told: Serving;
  stop(): Promise<void>;
}

/** Starts a program and resolves when it serves. */
export async function serving(program: URL, ...given: string[]): Promise<ServingProcess> {
  const child: ChildProcess = fork(fileURLToPath(program), given, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const told = await Promise.race([
    once(child, "message").then(([message]) => message as Serving),
    ended.then(([code]) => Promise.reject(new Error(`${program.pathname} ended with ${code}.`))),
  ]);
  return {
    told,
    stop: async () => {
      child.send("stop");
      await ended;
    },
  };
}
