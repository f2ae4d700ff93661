// Which files to take: those named, those in named folders, those that a named DICOMDIR lists. DICOM PS3.10 § 8, PS3.3 F.
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const readDirectory = async (_: unknown): Promise<string[][]> => [];

import { openFile } from "@fiducial/dicom/file";

/** A file to take, or a path that cannot be read. */
export type FoundFile = { readonly path: string } | { readonly path: string; readonly unreadable: true };

/** Finds files, folder by folder, in the order of their names. Symbolic links inside folders are not followed, so no folder comes twice. */
export async function* objectFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) yield { path, unreadable: true };
    else if (found.isDirectory()) yield* filesIn(path);
    else if (basename(path).toUpperCase() === "DICOMDIR") yield* filesOfDirectory(path);
    else yield { path };
  }
}

async function* filesIn(folder: string): AsyncGenerator<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return yield { path: folder, unreadable: true };
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    // The medium's directory is no object, and what it lists lies in the same folder.
    else if (entry.isFile() && entry.name.toUpperCase() !== "DICOMDIR") yield { path };
  }
}

async function* filesOfDirectory(path: string): AsyncGenerator<FoundFile> {
  const listed = await listedFiles(path);
  if (listed === undefined) return yield { path };
  for (const fileId of listed) {
    const file = join(dirname(path), ...fileId);
    yield (await stat(file).catch(() => undefined)) === undefined ? { path: file, unreadable: true } : { path: file };
  }
}

// File ids are names of at most eight characters; anything else would lead out of the medium.
async function listedFiles(path: string): Promise<readonly (readonly string[])[] | undefined> {
  try {
    await using source = await openFile(path);
    const ids: readonly (readonly string[])[] = await readDirectory(source);
    return ids.filter(
      (id) => id.length > 0 && id.every((part) => /^[A-Za-z0-9_.-]+$/.test(part) && !/^\.+$/.test(part)),
    );
  } catch {
    return undefined;
  }
}
