// Texts that commands read whole and write whole: files, pipes, standard input.
import { writeFileSync } from "node:fs";
import { CliError } from "./cli-error.ts";
import type { Screen } from "./screen.ts";

/** No text that a command reads is longer, in bytes: a receipt has at most 16 Mi characters. */
const longestText = 48 * 2 ** 20;

/** Tells whether a path names standard input. */
export function isStandardInput(path: string): boolean {
  return ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].includes(path);
}

/** Reads a text that the user named: a file, a pipe, or `-` for standard input. Rejects with PATH_UNREADABLE, also for what is too long and for a pipe in which nothing comes. */
export async function readText(path: string): Promise<string> {
  if (isStandardInput(path)) return textOf(path, process.stdin as AsyncIterable<Uint8Array>);
  const { chunksOf } = await import("./text-source.ts");
  return textOf(path, chunksOf(path));
}

async function textOf(path: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > longestText) throw new CliError("PATH_UNREADABLE", { path, why: ": it is too long" });
      read.push(chunk);
    }
  } catch (thrown) {
    throw thrown instanceof CliError ? thrown : new CliError("PATH_UNREADABLE", { path }, thrown);
  }
  return Buffer.concat(read).toString("utf8");
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
