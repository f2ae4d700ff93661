// The objects of a backup: copied from the store and hashed on the way, or linked to the earlier backup's, which are not read again unless asked.
import { existsSync, readdirSync, statSync } from "node:fs";
import { link, mkdir } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { copyFileWhole, syncFolder } from "../folder/durable-file.ts";
import { checkObject, copyObject, type DamagedObject } from "../objects/object-copy.ts";
import { isRegistered } from "../objects/registration.ts";
import { readBackupManifest } from "./backup-manifest.ts";
import type { Site } from "./site.ts";

/** What became of the objects. */
export interface BackedUpObjects {
  /** Objects in the backup. */
  readonly objects: number;
  /** Objects copied now; the others were in the earlier backup. */
  readonly copied: number;
  /** Objects of the node that are not what was received, or cannot be read. */
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
  const digests = registeredObjects(site);
  const damaged: DamagedObject[] = [];
  const unsound: string[] = [];
  const counts = { objects: 0, copied: 0 };
  for (const [done, object] of digests.entries()) {
    const path = objects.pathOf(object);
    const [earlier, target] = [before, into].map((place) => join(place, relative(folder.objects, path))) as [
      string,
      string,
    ];
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const kept = await keep({ object, path, earlier, target, check: check || unsoundBefore.has(object) });
    if (kept.code !== undefined) damaged.push({ object, code: kept.code });
    if (kept.code === "OBJECT_DIFFERS" && kept.copied) unsound.push(object);
    if (kept.copied) counts.copied++;
    if (existsSync(target)) counts.objects++;
    progress(done + 1, digests.length);
  }
  for (const prefix of readdirSync(into)) syncFolder(join(into, prefix));
  return { ...counts, damaged, unsound };
}

// What was never registered may be given up at any time; without its mark it would stay in what is restored for ever. Marks are
// looked at last, since each is there before its object is.
function registeredObjects({ objects, vault, logs }: Site): string[] {
  const digests = [...objects.digests()];
  const unregistered = new Set(objects.unregistered().filter((file) => !isRegistered(vault, logs, file)));
  return digests.filter((digest) => !unregistered.has(digest));
}

interface Copying {
  readonly object: string;
  readonly path: string;
  readonly earlier: string;
  readonly target: string;
  readonly check: boolean;
}

interface Kept {
  readonly copied: boolean;
  /** What is wrong with the node's own. */
  readonly code: DamagedObject["code"] | undefined;
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

// A link costs nothing; media without links, as memory sticks are, get copies. Never a link to the node's own, which may be what is damaged one day.
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFileWhole(from, to));
}
