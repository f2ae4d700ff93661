// fiducial receipt: the portable evidence of one statement.
import { CliError } from "../cli-error.ts";
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { short } from "../figures.ts";
import type { Ledger, ObjectOfReceipt } from "../ledger.ts";
import { checkFile } from "../named-path.ts";
import { studyNotices } from "../study-notices.ts";
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
  answer: async (call) => {
    const [name] = call.given as [string];
    if (!isStatementId(name)) checkOneFile(name);
    return withLedger(call, (ledger) => run(call, ledger));
  },
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
  const subject = isStatementId(name)
    ? { statementId: name, objects: [], harmless: true }
    : await registrationOf(call, ledger, name);
  const { statementId, objects, verdict, harmless }: Subject = subject;
  const output = options["output"] as string | undefined;
  const text = await ledger.receipt(statementId, objects);
  for (const notice of ledger.notices(statementId)) screen.complain(`${studyNotices[notice] ?? ""} (${notice})`);
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
  if (!harmless) for (const line of await verdictLines(screen, file, verified)) screen.complain(line);
  return { statementId, objects: [{ item, attributes: options["attributes"] !== false }], verdict, harmless };
}

function isStatementId(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

// One receipt shows one file: a folder is none, and neither is the beginning of an id.
function checkOneFile(name: string): void {
  const isPartOfId = /^[0-9a-f]{6,63}$/.test(name);
  checkFile(name, isPartOfId ? ": no file has that name, and a statement id has 64 digits" : "");
}

async function verifyOne(ledger: Ledger, file: string) {
  for await (const verified of ledger.verify([file])) return verified;
  throw new CliError("OBJECT_UNKNOWN");
}
