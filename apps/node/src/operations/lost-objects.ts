// Objects that must be in the store and are not: what the earlier backup has of them may be all that there is, and stays in the next one.
import { existsSync } from "node:fs";
import { link, readdir } from "node:fs/promises";
import { join } from "node:path";
import { copyFileWhole } from "../folder/durable-file.ts";
import { isCorrupt, lossesIn, studiesGoing } from "../objects/losses.ts";
import { checkObject, type DamagedObject, digestInName } from "../objects/object-copy.ts";
import type { Site } from "./site.ts";

/** Where the earlier backup has an object, and where the next one will. */
export interface CopyPlaces {
  readonly earlier: string;
  readonly target: string;
}

/** Digests of the objects that are lost, in their order. `earlier` is the folder of the earlier backup's objects. */
export async function lostObjects(site: Site, earlier: string): Promise<string[]> {
  const lost = new Set<string>();
  // What the vault cannot tell, an audit complains of: a backup holds what can be had.
  for await (const loss of lossesIn(site)) if (loss.code === "OBJECT_MISSING") lost.add(loss.object);
  for await (const object of objectsIn(earlier))
    if (!isKept(site, object) && mayBeRegistered(site, object)) lost.add(object);
  return [...lost].sort();
}

/** Keeps what the earlier backup has of a lost object, and tells how that is: it is read, since no other copy vouches for it. */
export async function keepLost(object: string, { earlier, target }: CopyPlaces): Promise<DamagedObject> {
  const lost = { object, code: "OBJECT_MISSING" } as const;
  if (!existsSync(earlier)) return lost;
  const damage = await checkObject(earlier, object);
  if (damage !== "PATH_UNREADABLE") await linkOrCopy(earlier, target);
  // It may be read again one day, on another machine.
  else await link(earlier, target).catch(() => {});
  return existsSync(target) ? { ...lost, inBackup: damage === undefined ? "whole" : "damaged" } : lost;
}

/** A link costs nothing; media without links, as memory sticks are, get copies. Never a link to the node's own, which may be what is damaged one day. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFileWhole(from, to));
}

// Others get their turn between folders: a backup may hold millions.
async function* objectsIn(folder: string): AsyncGenerator<string> {
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const name of await readdir(join(folder, entry.name))) {
      const object = digestInName(name);
      if (object !== undefined) yield object;
    }
  }
}

// The PACS keeps what was released, and its backups do.
function isKept({ objects }: Site, object: string): boolean {
  return objects.has(object) || objects.isReleased(object);
}

// What was destroyed is found nowhere in the vault. What is found, and cannot be read, was not destroyed.
function mayBeRegistered({ vault, logs, journal }: Site, object: string): boolean {
  const going = studiesGoing(journal);
  try {
    return vault
      .versionsOf({ file: object })
      .some(({ statement, study = "" }) => logs.placeOf(statement) !== undefined && !going.has(study));
  } catch (thrown) {
    if (isCorrupt(thrown)) return true;
    throw thrown;
  }
}
