// The sources copied to a folder of their own, with the installed packages linked in: a tree in which a script may write.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll } from "vitest";

const copied = ["packages", "apps", "scripts", "vectors", "package.json", "tsconfig.json", "vitest.config.ts"];
copied.push("biome.json", ".gitignore", "dependency-cruiser.config.ts");

/** Copies the tree at `root`; the copy is removed after the test file's last test. */
export function treeCopy(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), "fiducial-tree-"));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));
  const isSource = (path: string) => !["node_modules", "build"].includes(basename(path));
  for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true, filter: isSource });
  linkPackages(root, copy);
  for (const workspace of ["packages", "apps"]) {
    for (const name of readdirSync(join(root, workspace))) linkIfThere(root, copy, join(workspace, name));
  }
  return copy;
}

// The project's own packages must be those of the copy.
function linkPackages(root: string, copy: string): void {
  const own = join(copy, "node_modules", "@fiducial");
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "@fiducial") symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
  }
  for (const workspace of ["packages", "apps"]) {
    for (const name of readdirSync(join(copy, workspace))) symlinkSync(join(copy, workspace, name), join(own, name));
  }
}

function linkIfThere(root: string, copy: string, folder: string): void {
  if (readdirSync(join(root, folder)).includes("node_modules"))
    symlinkSync(join(root, folder, "node_modules"), join(copy, folder, "node_modules"));
}
