// A page that a script writes: written, or with --check compared with what is there.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes `text` to `path`; with --check writes nothing, and sets exit status 1 and says `command` when it differs. */
export function writeOrCheck(path: string, text: string, command: string): void {
  if (!process.argv.includes("--check")) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  console.log(`${path} differs; run ${command}`);
  process.exitCode = 1;
}
