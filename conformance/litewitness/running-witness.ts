// A litewitness on loopback, with a key in an agent of ours and a database in which logs are made known to it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { type AddCheckpointAnswer, type NoteSigner, parseAddCheckpointAnswer } from "@fiducial/core";
import { startSshAgent } from "./ssh-agent.ts";

/** A witness to talk to. */
export interface RunningWitness {
  /** Makes a log known, or what is known of it another. */
  readonly know: (log: KnownLog) => void;
  /** Forgets every log. */
  readonly forget: () => void;
  /** Posts a body to add-checkpoint and returns the bare answer. */
  readonly post: (body: string) => Promise<Response>;
  /** Posts a body to add-checkpoint and reads the answer. */
  readonly ask: (body: string) => Promise<AddCheckpointAnswer>;
  /** Ends it. */
  readonly stop: () => Promise<void>;
}

/** What the witness knows of a log; the root in base64. */
export interface KnownLog {
  readonly origin: string;
  readonly verifierKeys: readonly string[];
  readonly size: number;
  readonly rootHash: string;
}

/** Starts litewitness as a witness that cosigns with `signer`. Its times are the clock's. */
export async function startWitness(program: string, signer: NoteSigner): Promise<RunningWitness> {
  const folder = mkdtempSync(join(tmpdir(), "fiducial-witness-"));
  const [socketPath, databasePath] = [join(folder, "agent"), join(folder, "witness.db")];
  const agent = await startSshAgent(socketPath, signer);
  const address = `127.0.0.1:${await freePort()}`;
  const identity = ["-name", signer.key.name, "-key", agent.fingerprint, "-ssh-agent", socketPath];
  const end = await startServer(program, [...identity, "-db", databasePath, "-listen", address], `http://${address}/`);
  const database = new DatabaseSync(databasePath, { timeout: 5000 });
  const post = (body: string) => fetch(`http://${address}/add-checkpoint`, { method: "POST", body });
  return {
    know: (log) => writeKnown(database, log),
    forget: () => database.exec("DELETE FROM key; DELETE FROM log"),
    post,
    ask: async (body) => {
      const response = await post(body);
      const contentType = response.headers.get("content-type") ?? "";
      return parseAddCheckpointAnswer({ status: response.status, contentType, body: await response.text() });
    },
    stop: async () => {
      database.close();
      await end();
      agent.server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// What litewitness's own tool writes, in the tables that litewitness makes at start.
function writeKnown(database: DatabaseSync, { origin, verifierKeys, size, rootHash }: KnownLog): void {
  database
    .prepare("INSERT OR REPLACE INTO log (origin, tree_size, tree_hash) VALUES (?, ?, ?)")
    .run(origin, size, rootHash);
  database.prepare("DELETE FROM key WHERE origin = ?").run(origin);
  for (const key of verifierKeys) database.prepare("INSERT INTO key (origin, key) VALUES (?, ?)").run(origin, key);
}

async function startServer(program: string, args: readonly string[], url: string): Promise<() => Promise<void>> {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close");
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const end = async () => {
    child.kill("SIGINT");
    await ended;
  };
  for (let attempt = 0; attempt < 200; attempt++) {
    const response = await fetch(url).catch(() => undefined);
    await response?.body?.cancel();
    if (response !== undefined) return end;
    await sleep(50);
  }
  await end();
  throw new Error(`litewitness does not listen: ${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
