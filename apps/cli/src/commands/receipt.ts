// fiducial receipt: the portable evidence of one statement.
import { CliError } from "../cli-error.ts";
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { short } from "../figures.ts";
import type { Ledger, ObjectOfReceipt } from "../ledger.ts";
import { writeAnswer } from "../text-file.ts";
import { verdictLines } from "../verdict-lines.ts";

export const receipt: CommandDeclaration = {
  name: "receipt",
  summary: "Writes the receipt of a file's registration, or of any statement.",
  description: [
    "For a file: verifies it first, then writes a receipt of the registration that it was compared with, showing that object and, unless --no-attributes is given, the digests of its attributes, so that whoever holds the receipt and the file learns which attributes differ. The receipt is of what was registered: when the file is not that, its verdict is told on standard error and the exit status is 1.",
    "For a statement id: writes the receipt of that entry. A receipt verifies offline: `fiducial verify-receipt`.",
  ],
  parameters: [{ syntax: "<file|statement-id>", says: "a file, or a statement id: 64 hexadecimal digits" }],
  options: [
    { flags: "-o, --output <file>", says: "where to write the receipt; - or nothing: standard output" },
    { flags: "--no-attributes", says: "leave out the digests of the object's attributes" },
  ],
  json: "with -o, one line `{file, statementId, index, verdict?}`; without, the receipt is the answer",
  examples: ["fiducial receipt image.dcm -o image.receipt", "fiducial receipt 0b6e…c4 -o entry.receipt"],
  answer: (call) => withLedger(call, (ledger) => run(call, ledger)),
};

const notices: Readonly<Record<string, string>> = {
  STUDY_FROZEN: "The patient of this study is being corrected: it is not to be shared until that is complete.",
  STUDY_DESTROYED: "This study was destroyed: the receipt shows what was, and its sealed values open no more.",
};

interface Subject {
  readonly statementId: string;
  readonly objects: readonly ObjectOfReceipt[];
  readonly verdict?: string;
  readonly harmless: boolean;
}

async function run(call: Call, ledger: Ledger) {
  const { given, options, screen } = call;
  const [name] = given as [string];
  const isStatement = /^[0-9a-f]{64}$/.test(name);
  const subject = isStatement
    ? { statementId: name, objects: [], harmless: true }
    : await registrationOf(call, ledger, name);
  const { statementId, objects, verdict, harmless }: Subject = subject;
  const output = options["output"] as string | undefined;
  const text = await ledger.receipt(statementId, objects);
  for (const notice of ledger.notices(statementId)) screen.complain(`${notices[notice] ?? ""} (${notice})`);
  if (writeAnswer(screen, output, text)) {
    const { index } = (JSON.parse(text) as { entry: { index: number } }).entry;
    screen.say(`Receipt of entry ${index} (statement ${short(statementId)}) written to ${output}.`);
    screen.data({ file: output, statementId, index, ...(verdict === undefined ? {} : { verdict }) });
  }
  return harmless ? 0 : 1;
}

async function registrationOf({ options, screen }: Call, ledger: Ledger, file: string): Promise<Subject> {
  const verified = await verifyOne(ledger, file);
  const { verdict, statementId, item, harmless, code, message } = verified;
  if (code === "PATH_UNREADABLE") throw new CliError("PATH_UNREADABLE", { path: file });
  if (code !== undefined) throw new CliError("OBJECT_UNREADABLE", { reason: code, problem: message ?? "" });
  if (statementId === undefined || item === undefined) throw new CliError("OBJECT_UNKNOWN");
  if (!harmless) for (const line of verdictLines(screen, file, verified)) screen.complain(line);
  return { statementId, objects: [{ item, attributes: options["attributes"] !== false }], verdict, harmless };
}

// One receipt shows one file: a folder is none.
async function verifyOne(ledger: Ledger, file: string) {
  const { statSync } = await import("node:fs");
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new CliError("PATH_UNREADABLE", { path: file });
  for await (const verified of ledger.verify([file])) return verified;
  throw new CliError("OBJECT_UNKNOWN");
}
