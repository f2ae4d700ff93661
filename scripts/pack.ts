// Makes the packages as they are published: JavaScript and types in build/pack/<package>/dist, doors leading there.
// `node scripts/pack.ts --tarballs` also makes the .tgz files that `npm publish` would send, in build/pack.

import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Manifest, publishedManifest } from "./pack/manifest.ts";
import { run } from "./test/process.ts";

const root = join(import.meta.dirname, "..");
const target = join(root, "build", "pack");
const emitted = join(target, ".emitted");
/** The page is a bundle that the node serves, not a package. */
const workspaces = globSync("{packages,apps}/*/package.json", { cwd: root })
  .map(dirname)
  .filter((folder) => folder !== join("apps", "web"))
  .sort();

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
await emit();
for (const workspace of workspaces) pack(workspace);
rmSync(emitted, { recursive: true });
if (process.argv.includes("--tarballs")) await makeTarballs();

/** Compiles every workspace at once, without tests and the suites that need a test runner. Throws with the compiler's words. */
async function emit(): Promise<void> {
  const settings = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { noEmit: false, declaration: true, rootDir: root, outDir: emitted },
    include: workspaces.map((workspace) => join(root, workspace, "src")),
    exclude: ["*.test.ts", "*.faults.ts", "*.soak.ts", "conformance"].map((name) =>
      join(root, "**", "src", "**", name),
    ),
  };
  const file = join(target, "tsconfig.json");
  writeFileSync(file, JSON.stringify(settings));
  const { code, output } = await run(join(root, "node_modules", ".bin", "tsc"), ["-p", file], { cwd: root });
  rmSync(file);
  if (code !== 0) throw new Error(`the sources do not compile\n${output}`);
}

/** Puts one package together. Throws when a door leads to a file that was not emitted. */
function pack(workspace: string): void {
  const folder = join(target, basename(workspace));
  const manifest = publishedManifest(readManifest(workspace), readManifest(".").optionalDependencies ?? {});
  cpSync(join(emitted, workspace, "src"), join(folder, "dist"), { recursive: true });
  for (const file of globSync("**/*.{json,sql,css,wasm}", { cwd: join(root, workspace, "src") })) {
    mkdirSync(dirname(join(folder, "dist", file)), { recursive: true });
    copyFileSync(join(root, workspace, "src", file), join(folder, "dist", file));
  }
  for (const command of Object.values(manifest.bin ?? {})) {
    mkdirSync(dirname(join(folder, command)), { recursive: true });
    copyFileSync(join(root, workspace, command), join(folder, command));
    chmodSync(join(folder, command), 0o755);
  }
  if (existsSync(join(root, "LICENSE"))) copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const door of doorsOf(manifest))
    if (!existsSync(join(folder, door))) throw new Error(`${manifest.name}: no ${door}`);
  console.log(`${manifest.name} ${manifest.version}: build/pack/${basename(workspace)}`);
}

async function makeTarballs(): Promise<void> {
  const folders = workspaces.map((workspace) => `./${basename(workspace)}`);
  const { code, output } = await run("npm", ["pack", "--silent", ...folders], { cwd: target });
  if (code !== 0) throw new Error(`npm pack failed\n${output}`);
  console.log(output.trim());
}

function doorsOf({ exports, imports, bin }: Manifest): string[] {
  return (
    JSON.stringify([exports, imports, bin])
      .match(/\.\/[^"*]+(?=")/g)
      ?.filter((path) => /^\.\/(dist|bin)\//.test(path)) ?? []
  );
}

function readManifest(workspace: string): Manifest {
  return JSON.parse(readFileSync(join(root, workspace, "package.json"), "utf8")) as Manifest;
}
