// What a command is: a declaration that the command line, its help and docs/cli.md are all made of.
import type { Ledger } from "./ledger.ts";
import type { OptionDeclaration, Options } from "./options.ts";
import type { Screen } from "./screen.ts";

/** 0: all is well. 1: something was refused, or does not verify. (2, wrong use, is thrown as an error.) */
export type ExitCode = 0 | 1;

/** One command. Its file imports nothing heavy before `answer` runs, so that help and version come at once. */
export interface CommandDeclaration {
  readonly name: string;
  readonly summary: string;
  /** What it does, in whole sentences; one paragraph each. */
  readonly description: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly options?: readonly OptionDeclaration[];
  /** What `--json` prints. */
  readonly json: string;
  readonly examples: readonly string[];
  answer(call: Call): Promise<ExitCode>;
}

/** A parameter as usage lines write it: `<file...>`, `[file]`. */
export interface Parameter {
  readonly syntax: string;
  readonly says: string;
}

/** One use of a command. */
export interface Call {
  /** The parameters in order, a list where there may be several. */
  readonly given: readonly (string | readonly string[] | undefined)[];
  readonly options: Options;
  readonly screen: Screen;
  /** Aborted when the user asks to stop; the command then finishes what cannot be left half-done. */
  readonly signal: AbortSignal;
}

/** Opens the ledger that the options name, does the work, and closes the ledger however that ends. `create` makes a missing folder. */
export async function withLedger<Result>(
  { options, signal }: Call,
  work: (ledger: Ledger) => Promise<Result>,
  create = false,
): Promise<Result> {
  const { openLedger } = await import("./open-ledger.ts");
  const ledger = await openLedger(options, create);
  try {
    signal.throwIfAborted();
    return await work(ledger);
  } catch (thrown) {
    const { namingToken } = await import("./asked-token.ts");
    throw await namingToken(options, thrown);
  } finally {
    await ledger.close();
  }
}
