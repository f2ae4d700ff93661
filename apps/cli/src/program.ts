// The command line: options, commands and help made of the declarations, and wrong use turned into one line.
import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { CliError } from "./cli-error.ts";
import type { CommandDeclaration, ExitCode } from "./command.ts";
import { commands, groups } from "./commands.ts";
import { type Interruption, interruptions } from "./interruption.ts";
import type { OptionDeclaration, Options } from "./options.ts";
import { screenOf } from "./screen.ts";

/** Options that every command takes. */
export const globalOptions: readonly OptionDeclaration[] = [
  { flags: "--data <folder>", says: "the data folder (default: FIDUCIAL_DATA, or fiducial in the user's data folder)" },
  { flags: "--node <url>", says: "talk to the node at this address instead of opening a folder" },
  {
    flags: "--token-file <file>",
    says: "with --node: the file of a machine's token, or of its client:secret (default: FIDUCIAL_TOKEN)",
  },
  { flags: "--keys <folder>", says: "the folder of its keys (default: FIDUCIAL_KEYS, or beside the user's settings)" },
  { flags: "--json", says: "answer in JSON, one value a line; errors also on standard error" },
  { flags: "--threads <number>", says: "worker threads (default: one for each processor)", whole: [1, 1024] },
  { flags: "--quiet", says: "write nothing but what was asked for as a file, and what is not well" },
  { flags: "--no-color", says: "plain text (NO_COLOR does the same)" },
];

/** Runs the command line that was given (without node and script) and resolves with the exit status. Throws what the command throws; wrong use is USAGE. */
export async function run(given: readonly string[]): Promise<number> {
  let exit = 0;
  const program = programOf(async (declaration, values, command) => {
    exit = await answer(declaration, values, command);
  });
  try {
    await program.parseAsync(given, { from: "user" });
    return exit;
  } catch (thrown) {
    if (thrown instanceof CliError && thrown.code === "USAGE") throw usage(thrown.data, given, thrown);
    if (!(thrown instanceof CommanderError)) throw thrown;
    // Help that was asked for is an answer; help that is shown for want of a command is wrong use.
    if (thrown.exitCode === 0) return 0;
    if (thrown.code === "commander.help") return 2;
    throw usage({ problem: sentenceOf(thrown.message) }, given, thrown);
  }
}

// The help that says more is that of the command, if one was named.
function usage(data: CliError["data"], given: readonly string[], cause: unknown): CliError {
  const words = given.flatMap((word, at) => [`${word} ${given[at + 1] ?? ""}`, word]);
  const name = words.find((word) => commands.some((command) => command.name === word));
  return new CliError("USAGE", { ...data, ...(name !== undefined && { command: ` ${name}` }) }, cause);
}

type Act = (declaration: CommandDeclaration, given: Given, command: Command) => Promise<void>;
type Given = readonly (string | readonly string[] | undefined)[];

function programOf(act: Act): Command {
  const program = new Command("fiducial")
    .description(
      "A provenance ledger for medical imaging: registers images, verifies them, and gives receipts that anyone can check.",
    )
    .version(version(), "-V, --version", "the version")
    .helpOption("-h, --help", "this help")
    .helpCommand("help [command]", "help for a command")
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ showGlobalOptions: true });
  for (const option of globalOptions) program.addOption(optionOf(option));
  for (const declaration of commands) addCommand(program, declaration, act);
  return program;
}

function addCommand(program: Command, declaration: CommandDeclaration, act: Act): void {
  const { name, summary, description, parameters, options = [], json, examples } = declaration;
  const [word = "", ...rest] = name.split(" ").reverse();
  const command = groupOf(program, rest[0]).command(word).summary(summary).description(description.join("\n\n"));
  for (const { syntax, says } of parameters) command.argument(syntax, says);
  for (const option of options) command.addOption(optionOf(option));
  command.addHelpText(
    "after",
    `\nWith --json: ${json}.\n\nExamples:\n${examples.map((line) => `  ${line}`).join("\n")}`,
  );
  command.action((...given: unknown[]) => act(declaration, given.slice(0, -2) as Given, command));
}

// The command that others are said after: `members` of `members add`.
function groupOf(program: Command, name: string | undefined): Command {
  if (name === undefined) return program;
  const known = program.commands.find((command) => command.name() === name);
  return (
    known ??
    program
      .command(name)
      .summary(groups[name] ?? "")
      .description(groups[name] ?? "")
  );
}

function optionOf({ flags, says, whole, choices, repeated, default: usual, required }: OptionDeclaration): Option {
  const option = new Option(flags, says);
  const read = (text: string) => (choices === undefined ? text : oneOf(text, choices));
  if (whole !== undefined) option.argParser((text) => wholeNumber(text, whole));
  else if (repeated === true) option.argParser((text, before: readonly string[] = []) => [...before, read(text)]);
  else if (choices !== undefined) option.argParser(read);
  if (usual !== undefined) option.default(usual);
  return option.makeOptionMandatory(required === true);
}

function oneOf(text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  throw new InvalidArgumentError(`One of ${choices.join(", ")}.`);
}

function wholeNumber(text: string, [least, most]: readonly [number, number]): number {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(
    most === Number.MAX_SAFE_INTEGER ? `A whole number from ${least}.` : `A whole number from ${least} to ${most}.`,
  );
}

async function answer(declaration: CommandDeclaration, given: Given, command: Command): Promise<number> {
  const options = command.optsWithGlobals() as Options & { json?: boolean; quiet?: boolean; color: boolean };
  const { json = false, quiet = false, color } = options;
  const screen = screenOf({ json, quiet, color });
  const asked: Interruption = interruptions();
  const { signal } = asked;
  try {
    const exit: ExitCode = await declaration.answer({ given, options, screen, signal });
    return asked.exit() ?? exit;
  } catch (thrown) {
    const exit = thrown === signal.reason ? asked.exit() : undefined;
    if (exit === undefined) throw thrown;
    return exit;
  } finally {
    screen.progress(undefined);
    asked.stop();
  }
}

// "error: unknown option '--frob'\n(Did you mean --from?)" becomes "Unknown option '--frob' (did you mean --from?)."
function sentenceOf(message: string): string {
  const [first = "", hint] = message.replace(/^error: /, "").split("\n");
  const said = hint === undefined || hint === "" ? first : `${first} ${hint.replace("(Did", "(did")}`;
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}${/[.?!]$/.test(said) ? "" : "."}`;
}

function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
