// fiducial recover: begins a new log where an old backup left the old one.
import type { EndingLog } from "@fiducial/node";
import { ask, confirm } from "../asking.ts";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { count, grouped } from "../figures.ts";
import { aloneWith } from "../folder-alone.ts";

export const recover: CommandDeclaration = {
  name: "recover",
  summary: "Begins a successor to a log that is older than what its key has signed.",
  description: [
    "A restored backup lacks the end of its log, and what its key has signed cannot be signed again otherwise: the log ends. Its entries stay, read-only, under `logs` in the data folder; files go on being verified against them, receipts go on being made and verifying, audits go on covering them. A new log begins, with a name of its own, whose first entry cites the last known size and root of the old one. Organization, root key, gateway, devices and vault stay; members come back by `fiducial members readmit`.",
    "Refused while another process signs with the keys (KEYS_IN_USE): then that one's folder is the one that goes on. Before anything is ended it is told how many entries the copy is behind what the key has signed; where some are lost, their number is to be typed, or given with --lose (else LOSS_NOT_NAMED).",
    "Where a recovery of another copy ended the log before, this copy cannot go on as well: LOG_ENDED, with the log that goes on. Use that one's folder; when it is lost for good, name it with --instead-of, and what it signed counts among what is lost.",
    "A log that has all its entries, and another tree than was signed, is ended too, when you say so: `fiducial audit` first. When it names an entry, the file is damaged, and a backup mends it.",
    "Hand out the policy anew afterwards (`fiducial policy`): it names both logs. What is lost is what was registered after the backup; take it in again.",
  ],
  parameters: [],
  options: [
    { flags: "--dry-run", says: "only tell how far the copy is behind" },
    { flags: "--yes", says: "do not ask; where entries are lost, only together with --lose" },
    {
      flags: "--lose <number>",
      says: "go on although so many entries are lost; the number has to be right",
      whole: [1, Number.MAX_SAFE_INTEGER],
    },
    {
      flags: "--instead-of <origin>",
      says: "end a log again that was ended before: the log of this origin went on in its place, and is lost for good",
    },
  ],
  json: "one line `{origin, predecessor: {origin, size, rootHash}, held, lost}`; with --dry-run `{reason, held, signed, lost}`, where reason is too-old or other. `lost` is how many entries were signed and are not here, those of a log that already went on in its place included",
  examples: [
    "fiducial recover --data /srv/fiducial --dry-run",
    "fiducial recover --data /srv/fiducial",
    "fiducial recover --data /srv/fiducial --lose 12",
  ],
  answer: (call) => aloneWith(call, (data) => run(call, data)),
};

async function run(call: Call, data: string) {
  const { checkRecovery, recover: endLog, openNode } = await import("@fiducial/node");
  const { options, screen } = call;
  const { keys, threads } = options;
  const insteadOf = options["insteadOf"] as string | undefined;
  const site = { data, keys, insteadOf };
  const ending = checkRecovery(site);
  if (options["dryRun"] === true) {
    screen.data(ending);
    screen.say(standing(data, ending));
    return 0 as const;
  }
  if (!(await mayEnd(call, data, ending))) return 1 as const;
  // Somebody may have signed more while the question was open.
  const recovery = endLog(site, ({ lost }) => {
    if (lost !== ending.lost) throw lossNotNamed(lost);
  });
  // Founds the new log now, so that what is wrong shows while somebody looks.
  const node = await openNode({ data, keys, threads });
  await node.close();
  screen.data(recovery);
  const { origin, predecessor, held } = recovery;
  screen.say(
    `${predecessor.origin} ended with ${count(held, "entry", "entries")} of ${predecessor.size}; ${origin} goes on.`,
  );
  return 0 as const;
}

// Where entries are lost, a habit of typing yes must not be enough.
async function mayEnd({ options, screen }: Call, data: string, ending: EndingLog): Promise<boolean> {
  const { lost } = ending;
  const given = options["lose"] as number | undefined;
  if (given === undefined && options["yes"] !== true) screen.complain(standing(data, ending));
  if (lost === 0) return options["yes"] === true || confirm(`End the log in ${data} and begin a successor?`);
  const isAsked = given === undefined && options["yes"] !== true && process.stdin.isTTY === true;
  const answer = isAsked
    ? await ask("To end the log here all the same, type how many entries are lost", "--lose")
    : given;
  if (String(answer).trim() !== String(lost)) throw lossNotNamed(lost);
  return true;
}

function lossNotNamed(lost: number): CliError {
  return new CliError("LOSS_NOT_NAMED", { lost: count(lost, "entry", "entries"), number: lost });
}

function standing(data: string, { reason, held, signed, lost }: EndingLog): string {
  const here = `${data} has ${count(held, "entry", "entries")}, and its key has signed ${grouped(signed)}.`;
  // Entries that are whole under a damaged tree need a backup, and no end.
  if (reason === "other")
    return `${here} Its tree is not the one that was signed; 'fiducial audit' says whether a backup mends it.`;
  return `${here} ${count(lost, "entry is", "entries are")} not here, and lost when the log ends here: look first for the folder that went on, and for a newer backup.`;
}
