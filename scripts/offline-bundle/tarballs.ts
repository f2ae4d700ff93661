// The tarballs of packages of others: from npm's cache, else from the registry, each held against the lock file.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { run } from "../test/process.ts";
import type { PlacedPackage } from "./installed-layout.ts";

const atOnce = 30;

/** Brings the tarball of each package into a folder. Throws when one does not have the digest of the lock file. */
export async function fetchTarballs(packages: readonly PlacedPackage[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const wanted = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  const specs = [...wanted.keys()];
  for (let at = 0; at < specs.length; at += atOnce) {
    const some = specs.slice(at, at + atOnce);
    const args = [
      "pack",
      "--json",
      "--prefer-offline",
      "--ignore-scripts",
      "--loglevel=error",
      "--pack-destination",
      folder,
      ...some,
    ];
    const { code, output } = await run("npm", args, { cwd: folder });
    if (code !== 0) throw new Error(`npm pack failed\n${output}`);
  }
  for (const one of wanted.values()) check(one, folder);
}

/** The file name of a package's tarball, as npm gives it. */
export function tarballName({ name, version }: Pick<PlacedPackage, "name" | "version">): string {
  return `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`;
}

function check(one: PlacedPackage, folder: string): void {
  const bytes = readFileSync(join(folder, tarballName(one)));
  const isOurs = one.integrity.split(" ").some((integrity) => {
    const [algorithm = "", digest] = integrity.split(/-(.*)/s);
    return createHash(algorithm).update(bytes).digest("base64") === digest;
  });
  if (!isOurs) throw new Error(`the tarball of ${one.name}@${one.version} is not the one of package-lock.json`);
}

/** Moves the tarballs of our own packages beside them, and returns each with its place. */
export function ownTarballs(
  packed: string,
  folder: string,
  names: readonly { name: string; version: string }[],
): { path: string; file: string }[] {
  return names.map((one) => {
    const file = tarballName(one);
    renameSync(join(packed, file), join(folder, file));
    return { path: `node_modules/${one.name}`, file };
  });
}
