// fiducial status: how a ledger stands.
import { type CommandDeclaration, withLedger } from "../command.ts";
import { count, grouped } from "../figures.ts";

export const status: CommandDeclaration = {
  name: "status",
  summary: "Tells how the ledger stands: size, root, last checkpoint, organization, folder.",
  description: ["While a node has the folder open, that node is asked, and its address told."],
  parameters: [],
  json: "one line `{organization: {id, name}, log: {origin, size, rootHash}, checkpoint: {size, cosigners} | null, folder: … | null, node: … | null}`",
  examples: ["fiducial status", "fiducial status --data /srv/fiducial --json"],
  answer: (call) =>
    withLedger(call, async (ledger) => {
      const { screen } = call;
      const { organization, log, checkpoint } = await ledger.health();
      const { folder, node } = ledger;
      const cosigners = checkpoint?.cosigners ?? [];
      screen.data({
        organization,
        log,
        checkpoint: checkpoint === undefined ? null : { size: checkpoint.size, cosigners },
        folder: folder ?? null,
        node: node ?? null,
      });
      const rows = [
        ["organization", `${organization.name ?? ""} ${screen.style("dim", organization.id)}`.trim()],
        ["log", log.origin],
        ["size", count(log.size, "entry", "entries")],
        ["root", log.rootHash],
        [
          "checkpoint",
          checkpoint === undefined
            ? "none yet"
            : `of ${grouped(checkpoint.size)} entries, ${cosigners.length === 0 ? "not witnessed" : `cosigned by ${cosigners.map(({ name }) => name).join(", ")}`}`,
        ],
        ["folder", folder ?? "of the node"],
        ["node", node ?? "none is running"],
      ];
      for (const [name, value] of rows) screen.say(`${screen.style("dim", (name as string).padEnd(14))}${value}`);
      return 0 as const;
    }),
};
