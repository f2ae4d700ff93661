// A folder that lives as long as one test file, for checks that read a tree of files.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

/** Makes a folder under build/test with the given files (path → text); it is removed after the test file's last test. */
export function scratchFolder(files: Record<string, string>): string {
  const parent = join(import.meta.dirname, "..", "..", "build", "test");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "scratch-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
