// fiducial status: how a ledger stands.
import type { Health } from "@fiducial/api";
import { type CommandDeclaration, withLedger } from "../command.ts";
import { count, grouped, moment } from "../figures.ts";
import type { Ledger } from "../ledger.ts";
import type { Screen } from "../screen.ts";

export const status: CommandDeclaration = {
  name: "status",
  summary:
    "Tells how the ledger stands: size, root, last checkpoint, witnesses, organization, ordering, store, folder.",
  description: [
    "While a node has the folder open, that node is asked, and its address told. Where there is neither, it is told where was looked: the data folder and who named it, and where its keys would be.",
    "Names those who cosigned the newest checkpoint, how each witness stands that the ledger asks, and, where this node witnesses others, the key that goes into their `witnesses.policy`. Tells how many objects came in and wait to be registered. Whatever is not as it should be comes last; the exit status is 0 all the same.",
  ],
  parameters: [],
  json: "one line `{status, troubles: [{code, cause?, witness?, count?}], organization: {id, name}, ordering, log: {origin, size, rootHash}, checkpoint: {size, cosigners: [{name, timestamp, replica}]} | null, witnesses: [{name, reached?, size, problem?, failingSince?}], witness: {key} | null, intake: {objects, studies, oldest?, problem?}, folder: … | null, node: … | null}`; status is ok or degraded",
  examples: ["fiducial status", "fiducial status --data /srv/fiducial --json"],
  answer: (call) =>
    withLedger(call, async (ledger) => {
      const { screen } = call;
      const health = await ledger.health();
      screen.data(answerOf(health, ledger));
      for (const [name, value] of rowsOf(health, ledger, screen))
        screen.say(`${screen.style("dim", name.padEnd(14))}${value}`);
      await sayTroubles(health, screen);
      return 0 as const;
    }),
};

function answerOf(
  { status, troubles, organization, ordering, log, checkpoint, witnesses, witness, intake }: Health,
  ledger: Ledger,
) {
  return {
    status,
    troubles,
    organization,
    ordering,
    log,
    checkpoint: checkpoint === undefined ? null : { size: checkpoint.size, cosigners: checkpoint.cosigners },
    witnesses,
    witness: witness ?? null,
    intake,
    folder: ledger.folder ?? null,
    node: ledger.node ?? null,
  };
}

function rowsOf(
  { organization, ordering, log, checkpoint, witnesses, witness, intake }: Health,
  { folder, node }: Ledger,
  screen: Screen,
): (readonly [name: string, value: string])[] {
  return [
    ["organization", `${organization.name ?? ""} ${screen.style("dim", organization.id)}`.trim()],
    ["log", log.origin],
    ["size", count(log.size, "entry", "entries")],
    ["root", log.rootHash],
    ["checkpoint", checkpointWords(checkpoint)],
    ...witnesses.map((asked) => ["witness", witnessWords(asked)] as const),
    ...(witness === undefined ? [] : [["witness key", witness.key] as const]),
    ["inbox", intakeWords(intake)],
    ["ordering", orderingWords(ordering)],
    ["store", `SQLite, ledger.db in ${folder === undefined ? "the node's data folder" : "this folder"}`],
    ["folder", folder ?? "of the node"],
    ["node", node ?? "none is running"],
  ];
}

function orderingWords(ordering: string): string {
  return ordering === "local" ? "local: one process gives the order, and keeps it in the store" : ordering;
}

function checkpointWords(checkpoint: Health["checkpoint"]): string {
  if (checkpoint === undefined) return "none yet";
  const names = checkpoint.cosigners.map(({ name }) => name).join(", ");
  return `of ${grouped(checkpoint.size)} entries, ${names === "" ? "not witnessed" : `cosigned by ${names}`}`;
}

function witnessWords({ name, reached, size, problem, failingSince }: Health["witnesses"][number]): string {
  const far = size === 0 ? "has cosigned nothing that is known here" : `cosigned ${grouped(size)} entries`;
  const since = failingSince === undefined ? "" : ` since ${moment(failingSince)}`;
  const state = reached === undefined ? "not asked since the start" : reached ? "reached" : "not reached";
  return `${name} ${far}, ${problem === undefined ? state : `${state}, ${problem}${since}`}`;
}

// Whatever comes in is on disk before it is acknowledged.
function intakeWords({ objects, studies, oldest }: Health["intake"]): string {
  if (objects === 0) return "empty";
  const of = studies === 0 ? "" : `, of ${count(studies, "study", "studies")} or more`;
  const since = oldest === undefined ? "" : ` since ${moment(oldest)}`;
  return `${count(objects, "object waits", "objects wait")} on disk to be registered${of}${since}`;
}

async function sayTroubles({ troubles }: Health, screen: Screen): Promise<void> {
  if (troubles.length === 0) return;
  const { troubles: sentences } = await import("@fiducial/api");
  for (const { code, cause, witness, count: many } of troubles) {
    const of = many === undefined ? undefined : count(many, "connection", "connections");
    const about = [witness, of].map((one) => (one === undefined ? "" : `${one}: `)).join("");
    const codes = cause === undefined ? code : `${code}, ${cause}`;
    screen.say(screen.style("yellow", `${about}${sentences[code]} (${codes})`));
  }
}
