// Starts a TypeScript script of this project from a fresh clone: installs what the lock file names, then hands over to
// Node 24. Runs on any Node >= 18 and imports nothing but built-ins, because nothing else is installed yet.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const mark = join(root, "node_modules", ".installed");
const [script, ...args] = process.argv.slice(2);

if (script === undefined) stop(2, "usage: node scripts/launch.mjs SCRIPT [ARGUMENT...]");
install();
const path = [bin, pathWithoutBin()].join(delimiter);
handOver(findNode(path), [join(root, script), ...args], { ...process.env, PATH: path });

/** Runs `npm ci` when the lock file or any package.json differs from what is installed. */
function install() {
  const wanted = manifestDigest();
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  process.stderr.write("fiducial: installing the packages that package-lock.json names (npm ci)\n");
  rmSync(mark, { force: true });
  const options = { cwd: root, stdio: ["ignore", 2, 2], env: { ...process.env, PATH: pathWithoutBin() } };
  const command = "npm ci --ignore-scripts --include=dev --include=optional --no-fund --no-audit --loglevel=error";
  const done = spawnSync(command, { ...options, shell: true });
  if (done.status !== 0)
    stop(1, `'${command}' failed (${done.error?.message ?? `exit code ${done.status}`}); nothing was started`);
  writeFileSync(mark, wanted);
}

/** SHA-256 over the lock file, every package.json and the platform whose binaries are installed. */
function manifestDigest() {
  const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const folders = workspaces.flatMap((pattern) => {
    const parent = pattern.replace(/\/\*$/, "");
    if (parent === pattern) return [pattern];
    return existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`) : [];
  });
  const files = ["package-lock.json", "package.json", ...folders.map((folder) => `${folder}/package.json`).sort()];
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n`);
  for (const file of files.filter((name) => existsSync(join(root, name)))) {
    hash.update(`${file}\n`).update(
      createHash("sha256")
        .update(readFileSync(join(root, file)))
        .digest(),
    );
  }
  return hash.digest("hex");
}

/** The Node that comes with the project, else this one, else the one on PATH: the first that is 24 or newer. */
function findNode(searchPath) {
  const pinned = join(root, "node_modules", `node-linux-${process.arch}`, "bin", "node");
  if (process.platform === "linux" && existsSync(pinned)) {
    if (realpathSync(pinned) === realpathSync(process.execPath) || majorOf(pinned, searchPath) >= 24) return pinned;
  }
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  if (majorOf("node", searchPath) >= 24) return "node";
  return stop(2, "needs Node 24 or newer: this platform has none in node_modules, and there is none on PATH");
}

function majorOf(command, searchPath) {
  const print = ["-p", "process.versions.node.split('.')[0]"];
  const done = spawnSync(command, print, { encoding: "utf8", env: { ...process.env, PATH: searchPath } });
  return done.status === 0 ? Number(done.stdout) : 0;
}

/** Becomes the child as far as a parent can tell: signals go in, its exit code or signal comes out. */
function handOver(node, nodeArgs, env) {
  const child = spawn(node, nodeArgs, { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]) {
    // A terminal sends Ctrl-C to the whole process group: passing it on would deliver it twice.
    const terminalSendsIt = process.stdin.isTTY && (signal === "SIGINT" || signal === "SIGQUIT");
    process.on(signal, () => terminalSendsIt || child.kill(signal));
  }
  child.on("error", (error) => stop(2, `cannot start ${node}: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(128 + constants.signals[signal]), 100);
  });
}

/** PATH as the caller had it: npm would otherwise run on a Node that `npm ci` is about to delete. */
function pathWithoutBin() {
  const parts = (process.env.PATH ?? "").split(delimiter);
  return parts.filter((part) => part !== bin).join(delimiter);
}

function stop(code, message) {
  process.stderr.write(`fiducial: ${message}\n`);
  process.exit(code);
}
