// Paths that the command line names: what is not there, or is no file where one is wanted, is wrong use when nothing else is asked for.
import { accessSync, constants, type Stats, statSync } from "node:fs";
import { CliError } from "./cli-error.ts";

/** Throws PATH_UNREADABLE when the only path that was named is not there or may not be read. Of several, each is told for itself and the rest goes on. */
export function checkOnlyPath(paths: readonly string[]): void {
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0) return;
  const status = statusOf(path);
  if (status?.isDirectory() === false) checkKind(path, status);
  try {
    accessSync(path, constants.R_OK);
  } catch (thrown) {
    throw new CliError("PATH_UNREADABLE", { path }, thrown);
  }
}

/** Throws PATH_UNREADABLE for what is not there, or is no file; `missing` says more of a name that nothing has. */
export function checkFile(path: string, missing = ""): void {
  const status = statusOf(path);
  if (status === undefined) throw new CliError("PATH_UNREADABLE", { path, why: missing });
  checkKind(path, status);
}

/** Throws PATH_UNREADABLE unless the status is a file's: a pipe is read once and from its beginning, a device perhaps for ever. */
export function checkKind(path: string, status: Stats): void {
  if (status.isFile()) return;
  const what = status.isDirectory() ? "folder" : status.isFIFO() || status.isSocket() ? "pipe" : "device";
  throw new CliError("PATH_UNREADABLE", { path, why: `: it is a ${what}, and one file is wanted` });
}

/** Throws PATH_UNREADABLE for what is not there, or is no folder. */
export function checkFolder(path: string): void {
  const found = statusOf(path);
  if (found?.isDirectory() === true) return;
  throw new CliError("PATH_UNREADABLE", { path, why: found === undefined ? "" : ": it is no folder" });
}

// A part of the path that is a file, or a folder that may not be entered, is as good as nothing there.
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
