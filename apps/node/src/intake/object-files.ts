// Which files to take: those named, those in named folders, those that a DICOMDIR lists. DICOM PS3.10 § 8, PS3.3 F.
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { readDirectory } from "@fiducial/dicom";
import { openFile } from "@fiducial/dicom/file";

/** A file to take, or a path where none can be read: what was named or found cannot be, or a DICOMDIR that was named lists a file that is not there. */
export type FoundFile =
  | { readonly path: string }
  | { readonly path: string; readonly code: "PATH_UNREADABLE" | "LISTED_FILE_MISSING" };

/** A file that a DICOMDIR lists which was not named but found in a folder; it is not there, and nobody asked for it by name. */
export interface MissingFile {
  readonly path: string;
  readonly missing: true;
}

/** Finds files, folder by folder, in the order of their names. Symbolic links inside folders are not followed, so no folder comes twice. */
export async function* objectFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for await (const found of filesAndMissing(paths)) if (!("missing" in found)) yield found;
}

/** As `objectFiles`, with what DICOMDIRs in folders list and is not there. */
export async function* filesAndMissing(paths: readonly string[]): AsyncGenerator<FoundFile | MissingFile> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) yield unreadable(path);
    else if (found.isDirectory()) yield* filesIn(path);
    // A pipe or a device would keep whoever reads it waiting for ever.
    else if (!found.isFile()) yield unreadable(path);
    else if (isDirectoryName(basename(path))) yield* filesOfDirectory(path);
    else yield { path };
  }
}

async function* filesIn(folder: string): AsyncGenerator<FoundFile | MissingFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return yield unreadable(folder);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile() && isDirectoryName(entry.name)) yield* missingOf(path);
    else if (entry.isFile()) yield { path };
  }
}

// What a medium's directory lists and what is there lies in the same folder, and is found by itself.
async function* missingOf(path: string): AsyncGenerator<FoundFile | MissingFile> {
  for await (const found of filesOfDirectory(path)) {
    if ("code" in found) yield { path: found.path, missing: true };
    else if (found.path === path) yield found;
  }
}

async function* filesOfDirectory(path: string): AsyncGenerator<FoundFile> {
  const listed = await listedFiles(path);
  // A file of that name that is no directory is offered as it is: the reader says what is wrong with it.
  if (listed === undefined) return yield { path };
  const medium = await realpath(dirname(path));
  const namesIn = folderNames();
  for (const parts of listed) {
    const file = await listedFile(dirname(path), parts, namesIn);
    if (file !== undefined && (await isFileOf(medium, file))) yield { path: file };
    else yield { path: join(dirname(path), ...parts), code: "LISTED_FILE_MISSING" };
  }
}

// A symbolic link, in the place of a file or of a folder on the way to it, may lead out of the medium that was named.
async function isFileOf(medium: string, file: string): Promise<boolean> {
  try {
    const real = await realpath(file);
    return real.startsWith(join(medium, sep)) && (await stat(real)).isFile();
  } catch {
    return false;
  }
}

async function listedFiles(path: string): Promise<readonly (readonly string[])[] | undefined> {
  try {
    await using source = await openFile(path);
    return (await readDirectory(source)).map((entry) => entry.path);
  } catch {
    return undefined;
  }
}

type FolderNames = (folder: string) => Promise<readonly string[]>;

// Media are written in capitals, and many systems show their names in small letters.
async function listedFile(folder: string, parts: readonly string[], namesIn: FolderNames): Promise<string | undefined> {
  let path = folder;
  for (const part of parts) {
    const names = await namesIn(path);
    const name = names.includes(part) ? part : names.find((other) => other.toUpperCase() === part.toUpperCase());
    if (name === undefined) return undefined;
    path = join(path, name);
  }
  return path;
}

function folderNames(): FolderNames {
  const read = new Map<string, Promise<readonly string[]>>();
  return (folder) => {
    const names = read.get(folder) ?? readdir(folder).catch(() => []);
    read.set(folder, names);
    return names;
  };
}

function isDirectoryName(name: string): boolean {
  return name.toUpperCase() === "DICOMDIR";
}

function unreadable(path: string): FoundFile {
  return { path, code: "PATH_UNREADABLE" };
}
