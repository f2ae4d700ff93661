// fiducial verify: is a file what was registered?
import type { EntryDetail } from "@fiducial/api";
import type { FileVerification } from "@fiducial/node";
import { CliError } from "../cli-error.ts";
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { count, grouped } from "../figures.ts";
import type { FilesTotal, Ledger } from "../ledger.ts";
import { checkOnlyPath } from "../named-path.ts";
import { verifyLine } from "../progress-line.ts";
import { studyNotices } from "../study-notices.ts";
import { registrationLine, verdictLines } from "../verdict-lines.ts";

export const verify: CommandDeclaration = {
  name: "verify",
  summary: "Tells whether files are what was registered.",
  description: [
    "Compares each file with every registered version of its object. Verdicts, best first: `identical` (data set equal), `header-changed` (frames equal as encoded), `same-pixels` (decoded samples equal), `undecided` (pixels cannot be compared here), `altered`, `unknown` (not registered here, or destroyed or erased since; or the file could not be read as a DICOM object, which people are told as *unreadable*). Each changed attribute is named with its class: coercible, identity, geometry, other; only coercible ones are harmless.",
    "A path that cannot be read has no verdict: the only one is wrong use, one of several is listed as refused and the rest goes on. So is a file that a DICOMDIR lists and that is not there (LISTED_FILE_MISSING). What was odd in a file that is not the registered one, that it ends early for instance, stands in `notes`; what is to be known of its study (STUDY_FROZEN: its patient is being corrected) in `notices`, as does that the file matches a version which came later under its UID and shows something else than the first one (VERSION_CONTESTED); that is never harmless.",
    "Exit status 0 only when every file is identical or differs in nothing but what is harmless.",
  ],
  parameters: [{ syntax: "<file...>", says: "files, folders, DICOMDIRs" }],
  json: "one line for each file, `{file, verdict, harmless, changedAttributes: [{path, keyword?, change, class}], differences, statementId?, index?, ended?: {origin, index}, study?, item?, reason?, notes?, notices?, code?, message?}`, or `{file, harmless: false, code, message}` when it cannot be read",
  examples: ["fiducial verify image.dcm", "fiducial verify /media/cdrom --json"],
  answer: async (call) => {
    checkOnlyPath(call.given[0] as readonly string[]);
    return withLedger(call, (ledger) => run(call, ledger));
  },
};

async function run(call: Call, ledger: Ledger) {
  const { screen, signal } = call;
  const [paths] = call.given as [readonly string[]];
  const isOnly = paths.length === 1;
  const entries = new Map<number, EntryDetail>();
  const verdicts = new Map<string, number>();
  let files = 0;
  let harmless = 0;
  const progress = await watching(call, paths);
  for await (const verified of ledger.verify(paths, screen.watched ? progress.read : undefined)) {
    signal.throwIfAborted();
    if (isOnly && verified.code === "PATH_UNREADABLE" && verified.file === paths[0])
      throw new CliError("PATH_UNREADABLE", { path: verified.file });
    files++;
    if (verified.harmless) harmless++;
    const word = isUnread(verified) ? "not read" : verified.verdict;
    verdicts.set(word, (verdicts.get(word) ?? 0) + 1);
    screen.data(answerOf(verified));
    await tell(call, ledger, entries, verified);
    progress.verified(files);
  }
  screen.progress(undefined);
  if (files === 0) throw new CliError("NOTHING_FOUND");
  const tally = [...verdicts].map(([verdict, number]) => `${grouped(number)} ${verdict}`).join(", ");
  if (files > 1) screen.say(`${count(files, "file")}: ${tally}.`);
  return harmless === files ? 0 : 1;
}

// Files are counted only for somebody who looks on.
async function watching({ screen, signal }: Call, paths: readonly string[]) {
  let total: FilesTotal | undefined;
  const far = { done: 0, read: 0 };
  let drawn = 0;
  const draw = (change: Partial<typeof far>) => {
    Object.assign(far, change);
    if (performance.now() - drawn < leastRedrawMs) return;
    drawn = performance.now();
    screen.progress(verifyLine({ ...far, total }, screen.columns));
  };
  if (screen.watched) {
    const { filesTotal } = await import("../files-total.ts");
    void filesTotal(paths, signal).then((counted) => {
      total = counted;
    });
  }
  return { read: (read: number) => draw({ read }), verified: (done: number) => draw({ done }) };
}

const leastRedrawMs = 100;

function isUnread({ code }: FileVerification): boolean {
  return code === "PATH_UNREADABLE" || code === "LISTED_FILE_MISSING";
}

// Of a file that nobody could read there is no verdict, as there is none of one that ingest refuses.
function answerOf(verified: FileVerification) {
  const { file, harmless, code, message } = verified;
  return isUnread(verified) ? { file, harmless, code, message } : verified;
}

async function tell(
  { screen }: Call,
  ledger: Ledger,
  entries: Map<number, EntryDetail>,
  verified: FileVerification,
): Promise<void> {
  if (screen.json || (screen.quiet && verified.harmless)) return;
  if (isUnread(verified)) {
    const { file, message, code } = verified;
    return screen.complain(`${screen.style("red", "✗")} ${file}: ${message} (${code})`);
  }
  const write = screen.quiet ? screen.complain : screen.say;
  for (const line of await verdictLines(screen, verified.file, verified)) write(line);
  const { ended, notices = [] } = verified;
  if (ended !== undefined)
    write(screen.style("dim", `    Registered on ${ended.origin}, which has ended, entry ${ended.index}.`));
  const entry = await entryOf(ledger, entries, verified);
  if (entry !== undefined) write(screen.style("dim", `    ${registrationLine(entry)}`));
  for (const notice of notices) write(screen.style("yellow", `    ${studyNotices[notice]} (${notice})`));
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
