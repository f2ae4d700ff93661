// fiducial restore: makes a data folder of a backup.
import { resolve } from "node:path";
import type { Restored } from "@fiducial/node";
import type { CommandDeclaration } from "../command.ts";
import { tellDamaged } from "../damaged-lines.ts";
import { count } from "../figures.ts";
import { aloneWith } from "../folder-alone.ts";
import { checkFolder } from "../named-path.ts";

export const restore: CommandDeclaration = {
  name: "restore",
  summary: "Makes a data folder of a backup.",
  description: [
    "Copies the backup into the folder that --data names, which must be empty or not there, and which no node may have open. Whatever was erased after the backup was made is erased again when the folder is opened, as far as the ledger and the register beside the keys know of it.",
    "Each object is hashed while it is copied; damaged ones are listed, as `backup` does, and those that were neither in the store nor in the backup when that was made (OBJECT_MISSING). Exit status is 1 then.",
    "Backups hold neither who is signed in nor which machines may ask: people sign in again, and each machine needs `fiducial tokens add` once more, since its secret and its tokens are invalid. What else is not in them is told at the end.",
    "When the keys have signed more than the backup holds, the node does not open it: use the folder that went on, or a newer backup; when both are lost for good, `fiducial recover` ends the log and begins another. Exit status 1 then, and when there are no keys.",
  ],
  parameters: [{ syntax: "<folder>", says: "the backup" }],
  json: 'one line `{folder, origin, size, keys, signed?, successor?, inUse?: {folder?, host?}, damaged: [{object, code}]}`; keys is "whole", "too-old", "other", "missing" or "ended", where `successor` is the origin of the log that goes on; inUse says that another process signs with the keys now',
  examples: ["fiducial restore /mnt/backup/fiducial --data /srv/fiducial"],
  answer: async (call) => {
    const { given, options, screen } = call;
    const [backup] = given as [string];
    checkFolder(backup);
    const { restore: bringBack } = await import("@fiducial/node");
    const restored = await aloneWith(call, (data) => bringBack(resolve(backup), { data, keys: options.keys }));
    screen.data(restored);
    const { folder, size, keys, signed = 0, successor, inUse, damaged } = restored;
    screen.say(`Restored to ${folder}: ${count(size, "entry", "entries")}.`);
    if (keys === "whole")
      screen.say(`Its keys are here and whole: it can be opened${inUse === undefined ? "" : heldBy(inUse)}.`);
    if (keys === "too-old")
      screen.complain(
        `Its keys are here, and the backup is too old for them: it has ${count(size, "entry", "entries")}, and its key has signed ${signed}. Use the folder that went on, or a newer backup. Only when both are lost for good: 'fiducial recover --data ${folder}' ends the log there.`,
      );
    if (keys === "other")
      screen.complain(
        `Its keys are here, and have signed another tree of ${count(signed, "entry", "entries")}: the backup is damaged, or of another history. Run 'fiducial audit --data ${folder}'.`,
      );
    if (keys === "ended")
      screen.complain(
        `A recovery of another copy ended this log, and ${successor} goes on: use the folder that was recovered (LOG_ENDED). Only when that is lost for good: 'fiducial recover --data ${folder} --instead-of ${successor}'.`,
      );
    if (keys === "missing") screen.complain("Its keys are missing here: name their folder with --keys.");
    tellDamaged(screen, damaged);
    for (const line of notInBackups) screen.say(line);
    return keys === "whole" && damaged.length === 0 ? 0 : 1;
  },
};

function heldBy({ folder, host }: NonNullable<Restored["inUse"]>): string {
  const by = folder === undefined ? "the process" : `the node of ${folder} on ${host}`;
  return ` once ${by} has ended, which signs with them now; while that goes on this copy falls behind`;
}

// What a backup leaves out, and who notices.
const notInBackups = [
  "Not in the backup, who may ask: people sign in again (passkeys hold); every machine's secret and tokens are invalid, and 'fiducial tokens add NAME --scope …' gives each a new client and secret.",
  "Nor fiducial.config.json, what waited in the inbox, how far feeds were read, events for a SIEM that were not sent, and, of a node that witnesses others, witnessed.policy and witness.db.",
];
