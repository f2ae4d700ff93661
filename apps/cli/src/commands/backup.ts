// fiducial backup: copies everything but the keys.
import { resolve } from "node:path";
import type { Backup } from "@fiducial/node";
import type { Call, CommandDeclaration } from "../command.ts";
import { tellDamaged } from "../damaged-lines.ts";
import { count } from "../figures.ts";
import { withNode } from "../with-node.ts";

export const backup: CommandDeclaration = {
  name: "backup",
  summary: "Copies ledger, vault and objects into a folder, while the node works.",
  description: [
    "Makes the folder, or brings an earlier backup of the same node up to date: its objects are not copied again, and what was erased since is not in it any more. The folder is whole or as it was, whatever happens meanwhile. A node that has the data folder open is asked to make the backup itself.",
    "Each object is hashed while it is copied. One that is not what was received is listed and copied as it is, unless the earlier backup has it whole; one that cannot be read is listed; and the rest goes on. Exit status 1 then. The next backup copies it anew. An object that was registered and is not in the store any more is listed too (OBJECT_MISSING); what the earlier backup has of it stays in the backup, and is read again: inBackup says whether it is whole or damaged, and is not there when the backup has nothing of it. Other objects of an earlier backup are read again with --check alone.",
    "Keys are in no backup. Keep a copy of their folder elsewhere: without it nothing in a backup can be read.",
  ],
  parameters: [{ syntax: "<folder>", says: "where the backup goes" }],
  options: [
    { flags: "--check", says: "read the earlier backup's objects again too, and copy anew what is damaged there" },
  ],
  json: 'one line `{where, at, origin, size, rootHash, objects, copied, damaged: [{object, code, inBackup?}]}`; code is OBJECT_DIFFERS, PATH_UNREADABLE or OBJECT_MISSING, inBackup is "whole" or "damaged"',
  examples: ["fiducial backup /mnt/backup/fiducial", "fiducial backup /mnt/backup/fiducial --check"],
  answer: async (call) => {
    const [folder] = call.given as [string];
    const { screen } = call;
    const made = await make(call, resolve(folder));
    screen.progress(undefined);
    screen.data(made);
    screen.say(
      `Backup in ${made.where}: ${count(made.size, "entry", "entries")}, ${count(made.objects, "object")}, ${made.copied} of them copied now.`,
    );
    tellDamaged(screen, made.damaged);
    return made.damaged.length === 0 ? 0 : 1;
  },
};

async function make(call: Call, folder: string): Promise<Backup> {
  const { requestBackup, runningNode, defaultDataFolder } = await import("@fiducial/node");
  const data = resolve(call.options.data ?? defaultDataFolder());
  const check = call.options["check"] === true;
  if (runningNode(data) !== undefined) return requestBackup(data, folder, { check });
  const progress = (done: number, total: number) => call.screen.progress(`${done} of ${count(total, "object")}`);
  return withNode(call, (node) => node.operations.backUp(folder, { check, progress }));
}
