// fiducial verify: is a file what was registered?
import type { EntryDetail } from "@fiducial/api";
import type { FileVerification } from "@fiducial/node";
import { CliError } from "../cli-error.ts";
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { count } from "../figures.ts";
import type { Ledger } from "../ledger.ts";
import { registrationLine, verdictLines } from "../verdict-lines.ts";

export const verify: CommandDeclaration = {
  name: "verify",
  summary: "Tells whether files are what was registered.",
  description: [
    "Compares each file with every registered version of its object. Verdicts, best first: `identical` (data set and encoding equal), `header-changed` (frames equal as encoded), `same-pixels` (decoded samples equal), `undecided` (pixels cannot be compared here), `altered`, `unknown` (no such object is registered, or the file is none). Each changed attribute is named with its class: coercible, identity, geometry, other; only coercible ones are harmless.",
    "Exit status 0 only when every file is identical or differs in nothing but what is harmless.",
  ],
  parameters: [{ syntax: "<file...>", says: "files, folders, DICOMDIRs" }],
  json: "one line for each file, `{file, verdict, harmless, changedAttributes: [{path, keyword?, change, class}], differences, statementId?, index?, ended?: {origin, index}, study?, item?, reason?, code?, message?}`",
  examples: ["fiducial verify image.dcm", "fiducial verify /media/cdrom --json"],
  answer: (call) => withLedger(call, (ledger) => run(call, ledger)),
};

async function run(call: Call, ledger: Ledger) {
  const { screen, signal } = call;
  const [paths] = call.given as [readonly string[]];
  const entries = new Map<number, EntryDetail>();
  const verdicts = new Map<string, number>();
  let files = 0;
  let harmless = 0;
  for await (const verified of ledger.verify(paths)) {
    signal.throwIfAborted();
    files++;
    if (verified.harmless) harmless++;
    verdicts.set(verified.verdict, (verdicts.get(verified.verdict) ?? 0) + 1);
    screen.data(verified);
    await tell(call, ledger, entries, verified);
    screen.progress(`${count(files, "file")} verified`);
  }
  screen.progress(undefined);
  if (files === 0) throw new CliError("NOTHING_FOUND");
  const tally = [...verdicts].map(([verdict, number]) => `${number} ${verdict}`).join(", ");
  if (files > 1) screen.say(`${count(files, "file")}: ${tally}.`);
  return harmless === files ? 0 : 1;
}

async function tell(
  { screen }: Call,
  ledger: Ledger,
  entries: Map<number, EntryDetail>,
  verified: FileVerification,
): Promise<void> {
  if (screen.json || (screen.quiet && verified.harmless)) return;
  const write = screen.quiet ? screen.complain : screen.say;
  for (const line of verdictLines(screen, verified.file, verified)) write(line);
  const { ended } = verified;
  if (ended !== undefined)
    write(screen.style("dim", `    Registered on ${ended.origin}, which has ended, entry ${ended.index}.`));
  const entry = await entryOf(ledger, entries, verified);
  if (entry !== undefined) write(screen.style("dim", `    ${registrationLine(entry)}`));
}

async function entryOf(
  ledger: Ledger,
  known: Map<number, EntryDetail>,
  { index }: FileVerification,
): Promise<EntryDetail | undefined> {
  if (index === undefined) return undefined;
  const entry = known.get(index) ?? (await ledger.entry(index));
  known.set(index, entry);
  return entry;
}
