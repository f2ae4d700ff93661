// Makes one file from which Fiducial is installed without a network: packages, Node, the page, an installer, SBOM, digests and their signature.
//
//     node scripts/offline-bundle.ts fiducial-offline.tar --key release.pem [--cpu x64 --cpu arm64]
//
// The key is Ed25519 in PEM, as `openssl genpkey -algorithm ed25519` makes it; without one say --unsigned.

import { createHash, createPrivateKey, sign } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildWeb } from "./build-web.ts";
import { installedLayout, type LockFile } from "./offline-bundle/installed-layout.ts";
import { fetchTarballs, ownTarballs, tarballName } from "./offline-bundle/tarballs.ts";
import { run } from "./test/process.ts";

const root = join(import.meta.dirname, "..");
const say = (text: string) => void process.stdout.write(text);

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: "string" },
      unsigned: { type: "boolean" },
      cpu: { type: "string", multiple: true, default: ["x64", "arm64"] },
    },
  });
  const [out] = positionals;
  if (out === undefined || (values.key === undefined) !== (values.unsigned === true))
    throw new Error("usage: node scripts/offline-bundle.ts OUT (--key FILE | --unsigned) [--cpu x64] [--cpu arm64]");
  const key = values.key === undefined ? undefined : createPrivateKey(readFileSync(values.key));
  if (key !== undefined && key.asymmetricKeyType !== "ed25519") throw new Error("the key is not Ed25519");

  const folder = mkdtempSync(
    join(mkdirSync(join(root, "build"), { recursive: true }) ?? join(root, "build"), ".offline-"),
  );
  try {
    const name = await fill(join(folder, `fiducial-${version()}`), values.cpu);
    writeDigests(name, key);
    await archive(name, resolve(out));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`${resolve(out)}: ${Math.round(statSync(resolve(out)).size / 2 ** 20)} MiB for ${values.cpu.join(" and ")}\n`);
}

async function fill(bundle: string, cpus: readonly string[]): Promise<string> {
  const tarballs = join(bundle, "tarballs");
  mkdirSync(tarballs, { recursive: true });
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as LockFile;
  const workspaces = globSync("{packages,apps}/*/package.json", { cwd: root })
    .map(dirname)
    .filter((path) => path !== join("apps", "web"));
  // The root asks for the Node of each processor, the workspaces for everything else.
  const others = installedLayout(lock, ["", ...workspaces], cpus);
  await script("scripts/pack.ts", "--tarballs");
  const own = ownTarballs(join(root, "build", "pack"), tarballs, workspaces.map(manifestOf));
  await fetchTarballs(others, tarballs);
  const rows = [
    ...own.map(({ path, file }) => ["all", path, file]),
    ...others.map((one) => [
      one.cpu.length === 0 ? "all" : one.cpu.join(","),
      installedPath(one.path, workspaces),
      tarballName(one),
    ]),
  ];
  writeFileSync(join(bundle, "layout"), `${rows.map((row) => row.join("\t")).join("\n")}\n`);
  const page = await buildWeb(say);
  cpSync(page, join(bundle, "page"), { recursive: true });
  await script("scripts/sbom.ts");
  copyFileSync(join(root, "build", "sbom.cdx.json"), join(bundle, "sbom.cdx.json"));
  for (const file of ["LICENSE", "NOTICE"]) copyFileSync(join(root, file), join(bundle, file));
  cpSync(join(root, "deploy"), join(bundle, "deploy"), { recursive: true });
  copyFileSync(join(root, "deploy", "offline", "install.sh"), join(bundle, "install.sh"));
  chmodSync(join(bundle, "install.sh"), 0o755);
  return bundle;
}

// What lies in a workspace's own folder lies in that package's, once it is installed.
function installedPath(path: string, workspaces: readonly string[]): string {
  const workspace = workspaces.find((one) => path.startsWith(`${one}/`));
  return workspace === undefined ? path : `node_modules/${manifestOf(workspace).name}${path.slice(workspace.length)}`;
}

/** Writes SHA256SUMS as `sha256sum -c` reads it, and its signature: 64 bytes of Ed25519, RFC 8032. */
function writeDigests(bundle: string, key: ReturnType<typeof createPrivateKey> | undefined): void {
  const files = globSync("**/*", { cwd: bundle, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(bundle.length + 1))
    .sort();
  const lines = files.map(
    (file) =>
      `${createHash("sha256")
        .update(readFileSync(join(bundle, file)))
        .digest("hex")}  ${file}\n`,
  );
  const text = Buffer.from(lines.join(""));
  writeFileSync(join(bundle, "SHA256SUMS"), text);
  if (key !== undefined) writeFileSync(join(bundle, "SHA256SUMS.sig"), sign(null, text, key));
}

// The same files make the same archive.
async function archive(bundle: string, out: string): Promise<void> {
  const flags = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];
  const { code, output } = await run("tar", [...flags, "-C", dirname(bundle), "-cf", out, basename(bundle)], {
    cwd: root,
  });
  if (code !== 0) throw new Error(`tar failed\n${output}`);
}

async function script(...args: readonly string[]): Promise<void> {
  const { code, output } = await run(process.execPath, args, { cwd: root });
  if (code !== 0) throw new Error(`${args[0]} failed\n${output}`);
}

function manifestOf(workspace: string): { name: string; version: string } {
  return JSON.parse(readFileSync(join(root, workspace, "package.json"), "utf8")) as { name: string; version: string };
}

function version(): string {
  return manifestOf(".").version;
}
