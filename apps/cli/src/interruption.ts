// Ctrl+C and SIGTERM: the first asks a command to finish what cannot be left half-done, the second ends the process at once.
import { constants } from "node:os";

/** What was asked for by signals while a command ran. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** 128 and the number of the signal that came; undefined while none has. */
  exit(): number | undefined;
  stop(): void;
}

const asking = ["SIGINT", "SIGTERM"] as const;

/** Listens from now on, until it is stopped. */
export function interruptions(): Interruption {
  const controller = new AbortController();
  let exit: number | undefined;
  const listener = (name: NodeJS.Signals) => {
    const status = 128 + constants.signals[name];
    if (exit !== undefined) process.exit(status);
    exit = status;
    controller.abort();
  };
  for (const name of asking) process.on(name, listener);
  return {
    signal: controller.signal,
    exit: () => exit,
    stop: () => {
      for (const name of asking) process.off(name, listener);
    },
  };
}
