// The guard over package-lock.json: what would make `npm ci` refuse a fresh clone, or tie it to one registry.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../test/process.ts";
import { type Lock, registryAddresses } from "./platform-entries.ts";

/** Returns what is wrong with the lock file under `root`, a sentence each; npm is asked offline and changes nothing. */
export async function checkLock(root: string): Promise<string[]> {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;
  const addresses = registryAddresses(lock).map((place) => `${place} names a registry address`);
  const npm = await run("npm", ["ci", "--dry-run", "--ignore-scripts", "--offline"], { cwd: root });
  if (npm.code === 0) return addresses;
  const missing = npm.output.split("\n").flatMap((line) => /(Missing|Invalid): .*/.exec(line)?.[0] ?? []);
  return [...addresses, ...(missing.length > 0 ? missing : [npm.output.trim()])];
}
