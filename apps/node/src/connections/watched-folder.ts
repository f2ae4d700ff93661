// A watched folder: files that others put there are taken in when they do not change any more. It is looked at again and again; no file system has to tell.
import { constants } from "node:fs";
import { access, type FileHandle, lstat, open, readdir, realpath, rm, unlink } from "node:fs/promises";
import { join, sep } from "node:path";
import { NodeError } from "../node-error.ts";
import { codeOf } from "../thrown-code.ts";
import type { ConnectionLine } from "./connection-board.ts";
import { type ConnectionRooms, each, offered, type RunningConnection, repeating } from "./connection-rooms.ts";
import { refusedFiles } from "./refused-files.ts";

export interface WatchedFolderOptions {
  /** The id of its connection. */
  readonly id: string;
  readonly path: string;
  /** What becomes of a file that was taken in. What was refused stays. */
  readonly afterwards: "keep" | "remove";
  /** Milliseconds between two looks. A file is taken when both found it alike. */
  readonly pollMs: number;
}

/** A file as it was found. */
interface FoundFile {
  readonly path: string;
  /** Differs when the file does, in bytes, times or permissions. */
  readonly state: string;
  readonly sizeBytes: number;
}

/** Watches a folder, with all below it, until it is closed. Links are not followed. `data` is the node's data folder. */
export function watchFolder(rooms: ConnectionRooms, data: string, options: WatchedFolderOptions): RunningConnection {
  const { id, path: root, pollMs } = options;
  const line = rooms.connections.line({ id, type: "folder", name: root });
  line.testedBy(() => readable(root));
  // What each file was like when it was last seen; `done` is not tried again until it changes.
  const refused = refusedFiles(data, id);
  let seen = new Map<string, { readonly state: string; readonly isDone: boolean }>();

  async function look(): Promise<number> {
    let failure: string | undefined;
    const fail = (code: string) => {
      failure ??= code;
    };
    const settled: FoundFile[] = [];
    const before = seen;
    seen = new Map();
    for await (const file of filesBelow(root, () => fail("PATH_UNREADABLE"))) {
      if (watching.isClosed()) return 0;
      const known = before.get(file.path);
      const isAlike = known?.state === file.state;
      seen.set(file.path, isAlike ? known : { state: file.state, isDone: refused.isRefused(file.path, file.state) });
      if (isAlike && !known.isDone) settled.push(file);
    }
    await each(settled, async (file) => {
      if (watching.isClosed()) return;
      const became = await take(rooms, line, options, file);
      if (became === "refused") refused.note(file.path, file.state);
      if (became !== "changed") seen.set(file.path, { state: file.state, isDone: true });
    }).catch((thrown: unknown) => fail(codeOf(thrown)));
    // A folder that is away for a moment has not lost its files.
    if (failure === undefined) refused.keep(seen.keys());
    if (failure === undefined) line.works();
    else line.failed(failure);
    return pollMs;
  }

  // One that begins at once would look before it is there to be asked whether it is closed.
  const watching = repeating(rooms.clock, () => Promise.resolve().then(look));
  return watching;
}

async function readable(root: string): Promise<void> {
  try {
    await readdir(root);
    await access(root, constants.R_OK | constants.X_OK);
  } catch (thrown) {
    throw new NodeError("PATH_UNREADABLE", {}, thrown);
  }
}

async function* filesBelow(folder: string, unreadable: () => void): AsyncGenerator<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return unreadable();
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (isWaiting(entry.name)) continue;
    if (entry.isDirectory()) yield* filesBelow(path, unreadable);
    else if (entry.isFile()) {
      const found = await foundAt(path);
      if (found !== undefined) yield found;
    }
  }
}

// Names under which programs write what is not whole yet; and the directory of a medium, which is no object.
function isWaiting(name: string): boolean {
  return name.startsWith(".") || /\.(?:part|partial|tmp|temp|crdownload)$/i.test(name) || /^dicomdir$/i.test(name);
}

async function foundAt(path: string): Promise<FoundFile | undefined> {
  const stats = await lstat(path, { bigint: true }).catch(() => undefined);
  return stats?.isFile() === true ? { path, state: stateOf(stats), sizeBytes: Number(stats.size) } : undefined;
}

function stateOf(stats: { readonly [name in "ino" | "size" | "mtimeNs" | "ctimeNs"]: bigint }): string {
  return [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
}

/** Takes a file, if it still is as it was found. Rejects when it has to be tried again as it is. */
async function take(
  { inbox, objects }: ConnectionRooms,
  line: ConnectionLine,
  { id, path: root, afterwards }: WatchedFolderOptions,
  file: FoundFile,
): Promise<"taken" | "refused" | "changed"> {
  const incoming = objects.newIncoming();
  const copied = await copy(root, file, incoming).catch(async (thrown: unknown) => {
    await rm(incoming, { force: true });
    if (!isUnreadable(thrown)) throw thrown;
    return undefined;
  });
  if (copied === undefined) {
    if ((await foundAt(file.path))?.state !== file.state) return "changed";
    line.refused("PATH_UNREADABLE");
    return "refused";
  }
  if (!copied) return "changed";
  if (!(await offered(inbox, line, { path: incoming, connection: id }))) return "refused";
  if (afterwards === "remove") await remove(file);
  return "taken";
}

// What changed since it was read is another file.
async function remove(file: FoundFile): Promise<void> {
  if ((await foundAt(file.path))?.state !== file.state) return;
  await unlink(file.path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== "ENOENT") throw new NodeError("FILE_NOT_REMOVED", {}, thrown);
  });
}

// Between finding and opening, somebody may have put a link or a pipe in its place.
async function copy(root: string, file: FoundFile, to: string): Promise<boolean> {
  const real = await realpath(file.path);
  if (!real.startsWith(join(await realpath(root), sep))) return false;
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  await using source = await open(file.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!(await isStill(source, file))) return false;
  await using copied = await open(to, "wx", 0o600);
  let bytes = 0;
  for await (const chunk of source.createReadStream({ autoClose: false, end: file.sizeBytes })) {
    bytes += (chunk as Uint8Array).length;
    await copied.writeFile(chunk as Uint8Array);
  }
  const isWhole = bytes === file.sizeBytes && (await isStill(source, file));
  if (!isWhole) await rm(to, { force: true });
  return isWhole;
}

async function isStill(source: FileHandle, file: FoundFile): Promise<boolean> {
  return stateOf(await source.stat({ bigint: true })) === file.state;
}

function isUnreadable(thrown: unknown): boolean {
  return ["EACCES", "EPERM", "ENOENT", "ELOOP", "ENXIO", "ENOTDIR", "EIO"].includes(
    (thrown as NodeJS.ErrnoException).code ?? "",
  );
}
