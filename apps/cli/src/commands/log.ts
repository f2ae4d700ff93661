// fiducial log: the newest entries, in sentences.
import type { EntrySummary } from "@fiducial/api";
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { entryFacts, entrySentence } from "../entry-sentence.ts";
import { moment } from "../figures.ts";
import type { Ledger } from "../ledger.ts";

const page = 200;

export const log: CommandDeclaration = {
  name: "log",
  summary: "Shows the newest entries in sentences.",
  description: [
    "Lists entries, the newest first: what was said, by whom, of what, when it was recorded, and which rules did not hold.",
  ],
  parameters: [],
  options: [
    { flags: "-n, --limit <number>", says: "how many entries", whole: [1, Number.MAX_SAFE_INTEGER], default: 20 },
  ],
  json: "one line for each entry, `{index, statementId, kind, version, says, open, recordedAt, findings, signers}`",
  examples: ["fiducial log", "fiducial log --limit 1000 --json"],
  answer: (call) => withLedger(call, (ledger) => run(call, ledger)),
};

async function run({ options, screen, signal }: Call, ledger: Ledger) {
  const { newestContract, findingOf } = await import("@fiducial/contract");
  for await (const entry of newest(ledger, options["limit"] as number)) {
    signal.throwIfAborted();
    const { index, id: statementId, kind, version, recordedAt, findings, signers, open } = entry;
    const says = entrySentence(newestContract.kind(kind, version)?.says ?? kind, open);
    screen.data({ index, statementId, kind, version, says, open, recordedAt, findings, signers });
    screen.say(`${screen.style("bold", `#${index}`)}  ${moment(recordedAt)}  ${says}`);
    screen.say(
      screen.style("dim", `    ${[kind, signers.map(signerText).join(", "), ...entryFacts(open)].join(" · ")}`),
    );
    for (const code of findings) screen.say(screen.style("yellow", `    ${code}: ${findingOf(code)?.says ?? ""}`));
  }
  return 0 as const;
}

async function* newest(ledger: Ledger, limit: number): AsyncGenerator<EntrySummary> {
  let before: number | undefined;
  for (let left = limit; left > 0; ) {
    const query = { limit: Math.min(left, page), ...(before === undefined ? {} : { before }) };
    const { entries, next } = await ledger.entries(query);
    yield* entries;
    left -= entries.length;
    if (next === undefined) return;
    before = next;
  }
}

// Staff appear by role, never by name.
function signerText({ name, type, roles, organizationName }: EntrySummary["signers"][number]): string {
  const who = name ?? roles[0] ?? type;
  return organizationName === undefined || organizationName === who ? who : `${who} for ${organizationName}`;
}
