// Paths that the command line names: what is not there, or is no file where one is wanted, is wrong use when nothing else is asked for.
import { accessSync, constants, statSync } from "node:fs";
import { CliError } from "./cli-error.ts";

/** Throws PATH_UNREADABLE when the only path that was named is not there or may not be read. Of several, each is told for itself and the rest goes on. */
export function checkOnlyPath(paths: readonly string[]): void {
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0) return;
  try {
    accessSync(path, constants.R_OK);
  } catch (thrown) {
    throw new CliError("PATH_UNREADABLE", { path }, thrown);
  }
}

/** Throws PATH_UNREADABLE for what is not there, or is a folder; `missing` says more of a name that nothing has. */
export function checkFile(path: string, missing = ""): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new CliError("PATH_UNREADABLE", { path, why: missing });
  if (found.isDirectory())
    throw new CliError("PATH_UNREADABLE", { path, why: ": it is a folder, and one file is wanted" });
}

/** Throws PATH_UNREADABLE for what is not there, or is no folder. */
export function checkFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  throw new CliError("PATH_UNREADABLE", { path, why: found === undefined ? "" : ": it is no folder" });
}
