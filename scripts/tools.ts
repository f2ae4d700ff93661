// Programs built from Go source for the conformance tests: the `tool` lines of conformance/<name>/go.mod.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

/** One folder with a go.mod: the packages its `tool` lines name and where their programs are kept once built. */
export interface GoToolSet {
  name: string;
  source: string;
  packages: string[];
  built: string;
}

const conformance = join(import.meta.dirname, "..", "conformance");

/** Returns the path of a built program by its name (`fsck`), or undefined: skip the test, `npm test` builds it. */
export function goTool(name: string, folder: string = conformance): string | undefined {
  const paths = goToolSets(folder).flatMap(({ built, packages }) =>
    packages.filter((path) => programName(path) === name).map(() => join(built, name)),
  );
  return paths.find((path) => existsSync(path));
}

/** Lists the tool sets under a folder. A set is kept under a hash of its manifest, so a change of it means a new build. */
export function goToolSets(folder: string): GoToolSet[] {
  if (!existsSync(folder)) return [];
  const sources = readdirSync(folder).filter((name) => existsSync(join(folder, name, "go.mod")));
  return sources.flatMap((name) => {
    const source = join(folder, name);
    const manifest = readFileSync(join(source, "go.mod"), "utf8");
    const packages = toolLines(manifest);
    if (packages.length === 0) return [];
    const sums = join(source, "go.sum");
    const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n${manifest}`);
    if (existsSync(sums)) hash.update(readFileSync(sums));
    return [{ name, source, packages, built: join(toolCache(), `${name}-${hash.digest("hex").slice(0, 16)}`) }];
  });
}

/** Reads the packages of a go.mod's `tool` directives, single lines and blocks. Go Modules Reference, "go.mod files". */
export function toolLines(manifest: string): string[] {
  const text = manifest.replace(/\/\/.*$/gm, "");
  const single = [...text.matchAll(/^tool[ \t]+([^\s(]+)/gm)];
  const blocks = [...text.matchAll(/^tool[ \t]*\(([^)]*)\)/gm)].flatMap((block) => [
    ...(block[1] ?? "").matchAll(/(\S+)/g),
  ]);
  return [...single, ...blocks].map((match) => match[1] ?? "");
}

/** Go names a program after the last element of its path, or the one before a major version such as `/v2`. */
function programName(path: string): string {
  return /^v[0-9]+$/.test(basename(path)) ? basename(dirname(path)) : basename(path);
}

function toolCache(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "fiducial", "tools");
}
