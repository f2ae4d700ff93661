// fiducial accesses: who was shown what, by role.
import type { Access, AccessFilter, AccessPage } from "@fiducial/api";
import { CliError } from "../cli-error.ts";
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { dayIn } from "../day-option.ts";
import { count, moment, short } from "../figures.ts";
import type { Ledger } from "../ledger.ts";
import { studyHandles } from "../study-handles.ts";

const perPage = 200;

export const accesses: CommandDeclaration = {
  name: "accesses",
  summary: "Tells who was shown what, the newest first.",
  description: [
    "Lists reads as the node recorded them before it answered, of one study or of all: by role, never by name. Like reads of one session within a minute are one line; a later one that shows more is another, with all that the minute has shown. What is read in the PACS itself, or in copies that left the house, is not there.",
    "Asking is a read too, and is recorded as the operator's.",
  ],
  parameters: [{ syntax: "[study]", says: "a study's handle: 32 hexadecimal digits" }],
  options: [
    { flags: "--lists", says: "instead, reads of lists of studies that may have shown the study" },
    { flags: "--reader <actor>", says: "those of one reader only" },
    { flags: "--from <day>", says: "from the beginning of that day on (UTC), YYYY-MM-DD" },
    { flags: "--until <day>", says: "until the end of that day (UTC), YYYY-MM-DD" },
    { flags: "--notable", says: "those with findings only: emergencies, refusals, readers unknown" },
    { flags: "-n, --limit <number>", says: "how many", whole: [1, Number.MAX_SAFE_INTEGER], default: 50 },
  ],
  json: "one line for each read, as `GET /api/v1/accesses` answers it",
  examples: ["fiducial accesses", "fiducial accesses 77ab…02 --notable", "fiducial accesses --from 2026-11-01 --json"],
  answer: async (call) => {
    const asked = askedOf(call);
    return withLedger(call, (ledger) => run(call, ledger, asked));
  },
};

async function run({ options, screen, signal }: Call, ledger: Ledger, asked: AccessFilter) {
  const { findingOf } = await import("@fiducial/contract");
  let shown = 0;
  let lists = 0;
  const tell = (page: AccessPage) => {
    lists = page.lists ?? 0;
  };
  for await (const access of newest(ledger, asked, options["limit"] as number, tell)) {
    signal.throwIfAborted();
    shown++;
    screen.data(access);
    screen.say(`${screen.style("bold", `#${access.index}`)}  ${moment(access.at)}  ${sentenceOf(access)}`);
    screen.say(screen.style("dim", `    ${factsOf(access).join(" · ")}`));
    for (const code of access.findings)
      screen.say(screen.style("yellow", `    ${code}: ${findingOf(code)?.says ?? ""}`));
  }
  if (shown === 0) screen.say("No such read is recorded.");
  if (lists > 0)
    screen.say(
      `Besides, ${count(lists, "read of a list", "reads of lists")} may have shown the study, with name and accession number: see --lists.`,
    );
  return 0 as const;
}

async function* newest(
  ledger: Ledger,
  asked: AccessFilter,
  limit: number,
  tell: (page: AccessPage) => void,
): AsyncGenerator<Access> {
  let before: number | undefined;
  for (let left = limit; left > 0; ) {
    const query = { ...asked, limit: Math.min(left, perPage), ...(before === undefined ? {} : { before }) };
    const page = await ledger.accesses(query);
    tell(page);
    const { accesses: found, next } = page;
    yield* found;
    left -= found.length;
    if (next === undefined) return;
    before = next;
  }
}

function askedOf(call: Call): AccessFilter {
  const [study] = studyHandles(call);
  const { reader, from, until, notable, lists } = call.options;
  if (lists === true && study === undefined)
    throw new CliError("USAGE", { problem: "--lists takes the handle of a study before it." });
  if (reader !== undefined && !/^[0-9a-f]{32}$/.test(String(reader)))
    throw new CliError("USAGE", { problem: "--reader takes an actor: 32 hexadecimal digits." });
  return {
    ...(study === undefined ? {} : lists === true ? { lists: study } : { study }),
    ...(reader === undefined ? {} : { reader: String(reader) }),
    ...(from === undefined ? {} : { from: startOf(String(from), "--from", 0) }),
    ...(until === undefined ? {} : { to: startOf(String(until), "--until", 1) }),
    ...(notable === true ? { notable: "true" as const } : {}),
  };
}

function startOf(day: string, option: string, later: number): string {
  const date = new Date(`${dayIn(day, option)}T00:00:00.000Z`);
  date.setUTCDate(date.getUTCDate() + later);
  return date.toISOString();
}

function sentenceOf({ roles, readerType, readerName, action, what, outcome, modalities }: Access): string {
  const who = readerName ?? roles[0] ?? readerType;
  const of = modalities === undefined ? "" : ` of a study${modalities.length > 0 ? ` (${modalities.join(", ")})` : ""}`;
  return `${who}: ${action} ${what}${of}${outcome === "refused" ? ", refused" : ""}`;
}

function factsOf({ purpose, purposeBasis, study, reader, studies, instances }: Access): string[] {
  return [
    `${purpose} (${purposeBasis})`,
    ...(study === undefined ? [] : [`study ${short(study)}`]),
    ...(reader === undefined ? [] : [`reader ${short(reader)}`]),
    ...(studies === undefined ? [] : [count(studies, "study", "studies")]),
    ...(instances === undefined ? [] : [count(instances, "object")]),
  ];
}
