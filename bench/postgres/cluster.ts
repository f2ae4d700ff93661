// A PostgreSQL cluster of the moment: made in a folder, run as an unprivileged user, flushing to disk as it does by default.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Client } from "pg";

/** A running cluster. */
export interface Cluster {
  /** As `postgres --version` has it. */
  readonly version: string;
  /** Where others connect: the folder of its socket. */
  readonly host: string;
  connect(): Promise<Client>;
  stop(): Promise<void>;
}

/** Room enough that neither its memory nor its checkpoints hold it up; what concerns durability is left at its defaults, which are on. */
const settings = ["shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=30min", "listen_addresses="];

/** Starts a cluster in a folder of its own, which stopping it removes, or returns undefined when PostgreSQL is not installed. */
export async function startCluster(): Promise<Cluster | undefined> {
  const programs = programFolder();
  if (programs === undefined) return undefined;
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "fiducial-bench-peer-"));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const options = { ...user, cwd: folder };
  execFileSync(join(programs, "initdb"), ["-D", data, "-U", "bench", "-A", "trust", "--no-locale", "-E", "UTF8"], {
    ...options,
    stdio: "ignore",
  });
  const given = [...settings, `unix_socket_directories=${folder}`].flatMap((setting) => ["-c", setting]);
  const server = spawn(join(programs, "postgres"), ["-D", data, ...given], { ...options, stdio: "ignore" });
  const connect = () => connected(folder);
  await (await patiently(connect, server)).end();
  const version = execFileSync(join(programs, "postgres"), ["--version"], { encoding: "utf8" });
  return {
    version: `PostgreSQL ${/\d+(\.\d+)?/.exec(version)?.[0] ?? ""}`,
    host: folder,
    connect,
    stop: async () => {
      const ended = once(server, "exit");
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function connected(host: string): Promise<Client> {
  const client = new Client({ host, user: "bench", database: "postgres" });
  await client.connect();
  return client;
}

async function patiently(connect: () => Promise<Client>, server: ChildProcess): Promise<Client> {
  for (let wait = 0; ; wait++) {
    try {
      return await connect();
    } catch (thrown) {
      if (wait > 100 || server.exitCode !== null) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

// Debian keeps the programs of each version in a folder of their own, off the PATH.
function programFolder(): string | undefined {
  const debian = globSync("/usr/lib/postgresql/*/bin").sort(
    (a, b) => Number(b.split("/")[4]) - Number(a.split("/")[4]),
  );
  const folders = [...debian, ...(process.env["PATH"] ?? "").split(delimiter)];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

// PostgreSQL refuses to run as root.
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (which: string) => Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}
