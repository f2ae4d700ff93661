// A Python with the packages of a requirements.txt, made once and kept under a hash of that list.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Returns the interpreter with the packages that `conformance/<name>/requirements.txt` lists, or a sentence that says why there is none: no Python with venv, or no package registry in reach. */
export async function pythonWith(name: string): Promise<{ path: string } | { missing: string }> {
  const requirements = join(import.meta.dirname, name, "requirements.txt");
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n`).update(readFileSync(requirements));
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const kept = join(cache, "fiducial", "tools", `${name}-${hash.digest("hex").slice(0, 16)}`);
  const path = join(kept, "bin", "python");
  if (existsSync(path)) return { path };
  mkdirSync(dirname(kept), { recursive: true });
  const made = mkdtempSync(`${kept}-`);
  try {
    await run("python3", ["-m", "venv", made]);
    await run(join(made, "bin", "python"), [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--only-binary=:all:",
      "-r",
      requirements,
    ]);
    renameSync(made, kept);
    return { path };
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // Another run may have been quicker.
    if (existsSync(path)) return { path };
    return { missing: `no Python with the packages of requirements.txt: ${String(error).split("\n").at(0)}` };
  }
}
