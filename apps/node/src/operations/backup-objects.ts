// The objects of a backup: copied from the store and hashed on the way, or linked to the earlier backup's, which are not read again unless asked.
import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { syncFolder } from "../folder/durable-file.ts";
import { checkObject, copyObject, type DamagedObject, type ObjectDamage } from "../objects/object-copy.ts";
import { isRegistered } from "../objects/registration.ts";
import { readBackupManifest } from "./backup-manifest.ts";
import { type CopyPlaces, keepLost, linkOrCopy, lostObjects } from "./lost-objects.ts";
import type { Site } from "./site.ts";

/** What became of the objects. */
export interface BackedUpObjects {
  /** Objects in the backup. */
  readonly objects: number;
  /** Objects copied now; the others were in the earlier backup. */
  readonly copied: number;
  /** Objects of the node that are not what was received, cannot be read, or are not there. */
  readonly damaged: readonly DamagedObject[];
  /** Digests of those whose copies in the backup are not what was received either. */
  readonly unsound: readonly string[];
}

/** How objects are copied. */
export interface ObjectCopying {
  /** The backup's place, with the earlier one in it. */
  readonly where: string;
  /** The folder that will take its place. */
  readonly partial: string;
  /** Whether the earlier backup's objects are read again too. */
  readonly check: boolean;
  progress(done: number, total: number): void;
}

/** Copies every object that is registered. What is damaged is listed, and the rest goes on. To be called when nothing is registered meanwhile. */
export async function backUpObjects(site: Site, copying: ObjectCopying): Promise<BackedUpObjects> {
  const { folder, objects } = site;
  const { where, partial, check, progress } = copying;
  const [before, into] = [where, partial].map((place) => join(place, basename(folder.objects))) as [string, string];
  await mkdir(into, { recursive: true, mode: 0o700 });
  const unsoundBefore = new Set(readBackupManifest(where)?.damaged);
  const placesOf = (object: string) => placesIn(relative(folder.objects, objects.pathOf(object)), before, into);
  const missed = await lostObjects(site, before);
  const digests = registeredObjects(site);
  // What an intake brought back meanwhile is lost no more.
  const lost = missed.filter((object) => !objects.has(object) && !objects.isReleased(object));
  const total = digests.length + lost.length;
  const damaged: DamagedObject[] = [];
  const unsound: string[] = [];
  const counts = { objects: 0, copied: 0 };
  for (const [done, object] of digests.entries()) {
    const places = await placesOf(object);
    const path = objects.pathOf(object);
    const kept = await keep({ object, path, ...places, check: check || unsoundBefore.has(object) });
    if (kept.code !== undefined) damaged.push({ object, code: kept.code });
    if (kept.code === "OBJECT_DIFFERS" && kept.copied) unsound.push(object);
    if (kept.copied) counts.copied++;
    if (existsSync(places.target)) counts.objects++;
    progress(done + 1, total);
  }
  for (const [done, object] of lost.entries()) {
    damaged.push(await keepLost(object, await placesOf(object)));
    progress(digests.length + done + 1, total);
  }
  const kept = damaged.filter(({ inBackup }) => inBackup !== undefined);
  unsound.push(...kept.filter(({ inBackup }) => inBackup === "damaged").map(({ object }) => object));
  for (const prefix of readdirSync(into)) syncFolder(join(into, prefix));
  return { ...counts, objects: counts.objects + kept.length, damaged, unsound };
}

// Where the earlier backup has an object, and where the next one will: in a folder that is there.
async function placesIn(name: string, before: string, into: string): Promise<CopyPlaces> {
  const target = join(into, name);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  return { earlier: join(before, name), target };
}

// What was never registered may be given up at any time; without its mark it would stay in what is restored for ever. Marks are
// looked at last, since each is there before its object is.
function registeredObjects({ objects, vault, logs }: Site): string[] {
  const digests = [...objects.digests()];
  const unregistered = new Set(objects.unregistered().filter((file) => !isRegistered(vault, logs, file)));
  return digests.filter((digest) => !unregistered.has(digest));
}

interface Copying extends CopyPlaces {
  readonly object: string;
  readonly path: string;
  readonly check: boolean;
}

interface Kept {
  readonly copied: boolean;
  /** What is wrong with the node's own. */
  readonly code: ObjectDamage | undefined;
}

// Objects never change: the earlier backup's is taken for whole when it is as long as the node's. Where it is not, the bytes of both tell.
async function keep({ object, path, earlier, target, check }: Copying): Promise<Kept> {
  const isAsLong = sizeOf(earlier) === sizeOf(path);
  const isWhole =
    sizeOf(earlier) !== undefined && ((isAsLong && !check) || (await checkObject(earlier, object)) === undefined);
  if (!isWhole) {
    const code = await copyObject(path, target, object);
    return { copied: code !== "PATH_UNREADABLE", code };
  }
  await linkOrCopy(earlier, target);
  return { copied: false, code: isAsLong ? undefined : await checkObject(path, object) };
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
