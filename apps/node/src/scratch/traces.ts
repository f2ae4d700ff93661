// Where something of a patient is still to be found: every file below a folder, its bytes and its name. Shares nothing with what it checks.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { searchFor } from "./identifier-search.ts";

/** Lists the files in whose bytes or path a text occurs, in whatever spelling (see searchFor), as `path: text`. */
export function traces(folder: string, texts: readonly string[]): string[] {
  const search = searchFor(texts);
  return filesBelow(folder).flatMap((path) => {
    const bytes = Buffer.concat([readFileSync(path), Buffer.from(`\n${path}\n`)]);
    return search(bytes).map((text) => `${path}: ${text}`);
  });
}

/** Lists every file below a folder, with its path. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
