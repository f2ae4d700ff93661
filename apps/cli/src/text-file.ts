// Files that commands read whole and write whole.
import { readFileSync, writeFileSync } from "node:fs";
import { CliError } from "./cli-error.ts";
import type { Screen } from "./screen.ts";

/** Reads a text file that the user named. Throws PATH_UNREADABLE. */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new CliError("PATH_UNREADABLE", { path }, thrown);
  }
}

/** Writes an answer to the file that `-o` names, or to standard output when it names none or `-`. Returns whether it was a file. Throws PATH_NOT_WRITABLE. */
export function writeAnswer(screen: Screen, path: string | undefined, text: string): boolean {
  if (path === undefined || path === "-") {
    screen.raw(text);
    return false;
  }
  try {
    writeFileSync(path, text);
    return true;
  } catch (thrown) {
    throw new CliError("PATH_NOT_WRITABLE", { path }, thrown);
  }
}
