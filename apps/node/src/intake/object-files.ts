// Which files to take: those named, those in named folders, those that a named DICOMDIR lists. DICOM PS3.10 § 8, PS3.3 F.
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type DirectoryEntry, readDirectory } from "@fiducial/dicom";
import { openFile } from "@fiducial/dicom/file";

/** A file to take, or a path that cannot be read. */
export type FoundFile = { readonly path: string } | { readonly path: string; readonly unreadable: true };

/** Finds files, folder by folder, in the order of their names. Symbolic links inside folders are not followed, so no folder comes twice. */
export async function* objectFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) yield { path, unreadable: true };
    else if (found.isDirectory()) yield* filesIn(path);
    // A pipe or a device would keep whoever reads it waiting for ever.
    else if (!found.isFile()) yield { path, unreadable: true };
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
  for (const entry of listed) {
    const file = join(dirname(path), ...entry.path);
    const found = await stat(file).catch(() => undefined);
    yield found?.isFile() === true ? { path: file } : { path: file, unreadable: true };
  }
}

// A file of that name that is no directory is offered as it is: the reader says what is wrong with it.
async function listedFiles(path: string): Promise<readonly DirectoryEntry[] | undefined> {
  try {
    await using source = await openFile(path);
    return await readDirectory(source);
  } catch {
    return undefined;
  }
}
