// Builds the Go programs that conformance tests use, while the earlier tiers run.

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type GoToolSet, goToolSets } from "../tools.ts";
import { run } from "./process.ts";

/** Builds every tool set under a folder that is not built yet. Returns a line for each that was, or could not be. */
export async function buildGoTools(folder: string): Promise<string[]> {
  const missing = goToolSets(folder).filter(({ built }) => !existsSync(built));
  if (missing.length === 0) return [];
  if ((await run("go", ["version"])).code !== 0) {
    return [
      `no Go on this machine; tests that need programs of ${missing.map(({ name }) => name).join(", ")} are skipped`,
    ];
  }
  const lines: string[] = [];
  for (const set of missing) lines.push(await build(set));
  return lines;
}

/** Builds beside the final place and renames, so that nobody ever finds half a tool set. */
async function build({ name, source, packages, built }: GoToolSet): Promise<string> {
  mkdirSync(dirname(built), { recursive: true });
  const unfinished = mkdtempSync(`${built}.`);
  const args = ["build", "-trimpath", "-mod=readonly", "-o", join(unfinished, "/"), ...packages];
  try {
    const pure = await run("go", args, { cwd: source, env: { CGO_ENABLED: "0" } });
    const done = pure.code === 0 ? pure : await run("go", args, { cwd: source, env: { CGO_ENABLED: "1" } });
    if (done.code !== 0)
      return `${name} could not be built; tests that need its programs are skipped\n${done.output.trim()}`;
    keep(unfinished, built);
    return `${name} built`;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Another run may have built the same set meanwhile; then its programs stay. */
function keep(unfinished: string, built: string): void {
  try {
    renameSync(unfinished, built);
  } catch (error) {
    if (!existsSync(built)) throw error;
  }
}
