// On what was measured: a figure without its machine and its load says nothing.
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** The machine as far as figures depend on it. */
export interface Machine {
  readonly processor: string;
  readonly threads: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly platform: string;
  /** Load average over the last minute, before anything was measured. */
  readonly load: number;
}

/** Describes this machine. */
export function machine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    threads: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    load: load(),
  };
}

/** The load average over the last minute. */
export function load(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}
