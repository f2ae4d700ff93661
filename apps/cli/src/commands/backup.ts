// fiducial backup: copies everything but the keys.
import { resolve } from "node:path";
import type { Backup } from "@fiducial/node";
import type { Call, CommandDeclaration } from "../command.ts";
import { count } from "../figures.ts";
import { withNode } from "../with-node.ts";

export const backup: CommandDeclaration = {
  name: "backup",
  summary: "Copies ledger, vault and objects into a folder, while the node works.",
  description: [
    "Makes the folder, or brings an earlier backup of the same node up to date: its objects are not copied again, and what was erased since is not in it any more. The folder is whole or as it was, whatever happens meanwhile. A node that has the data folder open is asked to make the backup itself.",
    "Keys are in no backup. Keep a copy of their folder elsewhere: without it nothing in a backup can be read.",
  ],
  parameters: [{ syntax: "<folder>", says: "where the backup goes" }],
  json: "one line `{where, at, origin, size, rootHash, objects, copied}`",
  examples: ["fiducial backup /mnt/backup/fiducial"],
  answer: async (call) => {
    const [folder] = call.given as [string];
    const { screen } = call;
    const made = await make(call, resolve(folder));
    screen.progress(undefined);
    screen.data(made);
    screen.say(
      `Backup in ${made.where}: ${count(made.size, "entry", "entries")}, ${count(made.objects, "object")}, ${made.copied} of them copied now.`,
    );
    return 0;
  },
};

async function make(call: Call, folder: string): Promise<Backup> {
  const { requestBackup, runningNode, defaultDataFolder } = await import("@fiducial/node");
  const data = resolve(call.options.data ?? defaultDataFolder());
  if (runningNode(data) !== undefined) return requestBackup(data, folder);
  const tell = (done: number, total: number) => call.screen.progress(`${done} of ${count(total, "object")}`);
  return withNode(call, (node) => node.operations.backUp(folder, tell));
}
