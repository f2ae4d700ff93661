// File names say a noun, and files end in time: no cellars for odds and ends, no file over 400 lines but tables.

import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const forbidden = new Set(["utils", "util", "helpers", "helper", "common", "misc", "types"]);
const lineLimit = 400;

/** A table is read by looking up a line, so its length costs a reader nothing. */
const table = /-table\.ts$/;

/** Returns a sentence for each source file with a forbidden name, its folders' included, or more than 400 lines. */
export function checkFileNames(root: string): string[] {
  const files = globSync("{packages,apps,scripts,bench,conformance,e2e,vectors}/**/*.{ts,tsx,mts,mjs,js,css}", {
    cwd: root,
    exclude: ["**/node_modules/**", "**/build/**"],
  });
  return files
    .map((file) => file.split(sep).join("/"))
    .sort()
    .flatMap((file) => [...nameFaults(file), ...lengthFaults(root, file)]);
}

function nameFaults(file: string): string[] {
  const words = file.split("/").map((part) => part.split(".")[0] ?? "");
  return words.flatMap((word) => (forbidden.has(word) ? [`${file}: '${word}' names no noun of this project`] : []));
}

function lengthFaults(root: string, file: string): string[] {
  if (table.test(file)) return [];
  const lines = readFileSync(join(root, file), "utf8").split("\n").length - 1;
  return lines > lineLimit ? [`${file}: ${lines} lines, more than ${lineLimit}`] : [];
}
