// Questions to whoever sits at the terminal, and answers that come through a pipe instead: what need not stand on the command line.
import { createInterface, type Interface } from "node:readline/promises";
import { CliError } from "./cli-error.ts";
import { printable } from "./printable.ts";
import { writeLine, writePart } from "./terminal.ts";

let piped: AsyncIterator<string> | undefined;

/** Asks for a line that `option` gives too. Without a terminal the next line of standard input is the answer; throws ANSWER_MISSING when there is none. */
export async function ask(question: string, option: string): Promise<string> {
  if (process.stdin.isTTY !== true) return nextPipedLine(question, option);
  return withTerminal((terminal) => terminal.question(`${printable(question)}: `));
}

/** Asks for something secret, which the terminal does not show, and which an environment variable gives too. Throws ANSWER_MISSING without a terminal. */
export async function askSecret(question: string, variable: string): Promise<string> {
  if (process.stdin.isTTY !== true)
    throw new CliError("ANSWER_MISSING", { question, how: `Set ${variable} in the environment.` });
  writePart(process.stderr, `${question}: `);
  try {
    return await withTerminal((terminal) => terminal.question(""), true);
  } finally {
    writeLine(process.stderr, "", false);
  }
}

/** Asks whether to go on. Without a terminal that is for --yes to say: throws ANSWER_MISSING. */
export async function confirm(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true)
    throw new CliError("ANSWER_MISSING", { question: "A yes", how: "Say it with --yes." });
  const answer = await withTerminal((terminal) => terminal.question(`${printable(question)} [y/N] `));
  return /^y(es)?$/i.test(answer.trim());
}

async function withTerminal(use: (terminal: Interface) => Promise<string>, hidden = false): Promise<string> {
  const { Writable } = await import("node:stream");
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: hidden ? nothing : process.stderr, terminal: true });
  try {
    return await use(terminal);
  } finally {
    terminal.close();
  }
}

async function nextPipedLine(question: string, option: string): Promise<string> {
  piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { value, done } = await piped.next();
  if (done === true || value === undefined)
    throw new CliError("ANSWER_MISSING", { question, how: `Give it on standard input, or as the value of ${option}.` });
  return value;
}
