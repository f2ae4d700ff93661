// Builds the page and the offline verifier into build/web/⟨hash of their sources⟩: what was built from these very sources is not built again.

import { createHash } from "node:crypto";
import { globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Rolldown } from "vite";

const root = join(import.meta.dirname, "..");
const builds = join(root, "build", "web");

const sources = [
  "apps/web/{index.html,package.json,vite.config.ts}",
  "apps/web/{bundling,public,src,verifier}/**",
  "packages/{api,contract,core,dicom}/{package.json,src/**}",
  "package-lock.json",
];

/** Builds what was not built yet, and returns the folder that a node serves. */
export async function buildWeb(tell: (line: string) => void = () => {}): Promise<string> {
  const folder = join(builds, sourcesDigest());
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  tell("building the page\n");
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const { build, pageConfig, verifierConfig } = await bundler();
  await build(pageConfig(unfinished));
  await build(verifierConfig(unfinished));
  writeFileSync(join(unfinished, "verifier.html"), await savedVerifierPage());
  finish(unfinished, folder);
  return folder;
}

/** Builds the offline verifier as one file and returns its text. */
export async function savedVerifierPage(): Promise<string> {
  const theme = readFileSync(join(root, "apps/web/public/theme.js"), "utf8");
  const { build, savedVerifier, savedVerifierConfig } = await bundler();
  return savedVerifier((await build(savedVerifierConfig())) as Rolldown.RolldownOutput, theme);
}

// Loaded only where something is built: a node that finds its page built starts in half the time.
async function bundler() {
  const modules = [
    import("vite"),
    import("../apps/web/vite.config.ts"),
    import("../apps/web/bundling/saved-verifier.ts"),
  ] as const;
  const [{ build }, configs, { savedVerifier }] = await Promise.all(modules);
  return { build, ...configs, savedVerifier };
}

// Another process may have built the same meanwhile; either is good. A server may still give out the build before.
function finish(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch {
    rmSync(unfinished, { recursive: true, force: true });
  }
  const age = (name: string) => statSync(join(builds, name)).mtimeMs;
  const others = readdirSync(builds).filter((name) => join(builds, name) !== folder);
  for (const name of others.sort((a, b) => age(b) - age(a)).slice(1)) rmSync(join(builds, name), { recursive: true });
}

/** SHA-256 over the names and contents of everything that the build reads, its tests left out. */
function sourcesDigest(): string {
  const hash = createHash("sha256");
  const files = sources.flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }));
  const paths = files
    .filter((entry) => entry.isFile() && !/\.(?:test|faults|soak)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) {
    const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
    hash.update(
      `${path
        .slice(root.length + 1)
        .split(sep)
        .join("/")} ${digest}\n`,
    );
  }
  return hash.digest("hex").slice(0, 16);
}

if (import.meta.main) process.stdout.write(`${await buildWeb((line) => process.stderr.write(line))}\n`);
