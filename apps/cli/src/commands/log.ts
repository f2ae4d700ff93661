// fiducial log: the newest entries, in sentences.
import type { EntriesQuery, EntrySummary } from "@fiducial/api";
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { dayIn } from "../day-option.ts";
import type { Ledger } from "../ledger.ts";

const page = 200;

export const log: CommandDeclaration = {
  name: "log",
  summary: "Shows the newest entries in sentences.",
  description: [
    "Lists entries, the newest first: number, when it was recorded (UTC), and in the sentence that the page shows too who did what, people by role. Below stand the kind, for whom it was signed, of what it speaks by handles, and which rules did not hold.",
  ],
  parameters: [],
  options: [
    { flags: "--findings", says: "those with findings only" },
    { flags: "--from <day>", says: "recorded on that day (UTC) or later, YYYY-MM-DD" },
    { flags: "--until <day>", says: "recorded on that day (UTC) or earlier, YYYY-MM-DD" },
    { flags: "-n, --limit <number>", says: "how many entries", whole: [1, Number.MAX_SAFE_INTEGER], default: 20 },
    {
      flags: "--without-reads",
      says: "leave out who was shown what (see `fiducial accesses`), as the page's overview does",
    },
  ],
  json: "one line for each entry, `{index, statementId, kind, version, says, open, recordedAt, findings, signers}`",
  examples: [
    "fiducial log",
    "fiducial log --without-reads",
    "fiducial log --findings --from 2026-11-01",
    "fiducial log --limit 1000 --json",
  ],
  answer: async (call) => {
    const asked = askedOf(call);
    return withLedger(call, (ledger) => run(call, ledger, asked));
  },
};

type Asked = Pick<EntriesQuery, "without" | "findings" | "from" | "to">;

function askedOf({ options: { findings, from, until } }: Call): Asked {
  return {
    ...(findings === true ? { findings: "true" as const } : {}),
    ...(from === undefined ? {} : { from: dayIn(String(from), "--from") }),
    ...(until === undefined ? {} : { to: dayIn(String(until), "--until") }),
  };
}

async function run({ options, screen, signal }: Call, ledger: Ledger, asked: Asked) {
  const { readPerformed } = await import("@fiducial/contract");
  const { entryLines, sentenceOf } = await import("../entry-lines.ts");
  const which = { ...asked, ...(options["withoutReads"] === true ? { without: readPerformed.name } : {}) };
  // The newest entry comes first and has the longest number.
  let width = 0;
  for await (const entry of newest(ledger, options["limit"] as number, which)) {
    signal.throwIfAborted();
    const { index, id: statementId, kind, version, recordedAt, findings, signers, open } = entry;
    width ||= String(index).length;
    const says = sentenceOf(entry);
    screen.data({ index, statementId, kind, version, says, open, recordedAt, findings, signers });
    for (const line of entryLines(entry, width, screen)) screen.say(line);
  }
  return 0 as const;
}

async function* newest(ledger: Ledger, limit: number, which: Asked): AsyncGenerator<EntrySummary> {
  let before: number | undefined;
  for (let left = limit; left > 0; ) {
    const query = { ...which, limit: Math.min(left, page), ...(before === undefined ? {} : { before }) };
    const { entries, next } = await ledger.entries(query);
    yield* entries;
    left -= entries.length;
    if (next === undefined) return;
    before = next;
  }
}
