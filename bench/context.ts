// What every bench is given.
import type { GrownLog } from "./log/grown-log.ts";
import type { StatementSource } from "./log/statement-source.ts";
import type { GrownNode } from "./pages/grown-node.ts";
import type { HashChain } from "./postgres/hash-chain.ts";
import type { Figure } from "./report/figure.ts";

/** The means of a run. */
export interface Context {
  /** A folder of this run, removed at its end. */
  readonly folder: string;
  readonly quick: boolean;
  /** How often each thing is measured. */
  readonly runs: number;
  readonly threads: number;
  readonly source: StatementSource;
  /** The PostgreSQL peer, if it is installed. */
  readonly peer: { readonly version: string; readonly chain: HashChain } | undefined;
  /** Takes a figure into the report. */
  report(figure: Omit<Figure, "bench" | "load">): void;
  /** Says that something cannot be measured here, and why. */
  leaveOut(what: string): void;
}

/** A bench that is run once. */
export interface Bench {
  readonly name: string;
  run(context: Context): Promise<void>;
}

/** A bench that is run on the log at every size. */
export interface LogBench {
  readonly name: string;
  run(context: Context, log: GrownLog): Promise<void>;
}

/** A bench that is run on a node at every size. */
export interface NodeBench {
  readonly name: string;
  run(context: Context, node: GrownNode): Promise<void>;
}
