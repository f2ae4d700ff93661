// fiducial recover: begins a new log where an old backup left the old one.
import { confirm } from "../asking.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { count } from "../figures.ts";
import { aloneWith } from "../folder-alone.ts";

export const recover: CommandDeclaration = {
  name: "recover",
  summary: "Begins a successor to a log that is older than what its key has signed.",
  description: [
    "A restored backup lacks the end of its log, and what its key has signed cannot be signed again otherwise: the log ends. Its entries stay, read-only, under `logs` in the data folder; files go on being verified against them, receipts go on being made and verifying, audits go on covering them. A new log begins, with a name of its own, whose first entry cites the last known size and root of the old one. Organization, root key, gateway, devices and vault stay; members come back by `fiducial members readmit`.",
    "A log that has all its entries, and another tree than was signed, is ended too, when you say so: `fiducial audit` first. When it names an entry, the file is damaged, and a backup mends it.",
    "Hand out the policy anew afterwards (`fiducial policy`): it names both logs. What is lost is what was registered after the backup; take it in again.",
  ],
  parameters: [],
  options: [{ flags: "--yes", says: "do not ask" }],
  json: "one line `{origin, predecessor: {origin, size, rootHash}, held}`",
  examples: ["fiducial recover --data /srv/fiducial"],
  answer: (call) => aloneWith(call, (data) => run(call, data)),
};

async function run({ options, screen }: Call, data: string) {
  const { checkRecovery, recover: endLog, openNode } = await import("@fiducial/node");
  const { keys, threads } = options;
  const reason = checkRecovery({ data, keys });
  // Entries that are whole under a damaged tree need a backup, and no end.
  const warning =
    reason === "other"
      ? "Its tree is not the one that was signed; 'fiducial audit' says whether a backup mends it. "
      : "";
  const question = `${warning}End the log in ${data} and begin a successor?`;
  if (options["yes"] !== true && !(await confirm(question))) return 1 as const;
  const recovery = endLog({ data, keys });
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
