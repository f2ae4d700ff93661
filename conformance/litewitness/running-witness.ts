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
  /** Makes a log known, at a size with a root (base64), or what is known of it another. */
  readonly know: (log: { origin: string; verifierKeys: readonly string[]; size: number; rootHash: string }) => void;
  /** Forgets every log. */
  readonly forget: () => void;
  /** Posts a body to add-checkpoint and returns the bare answer. */
  readonly post: (body: string) => Promise<Response>;
  /** Posts a body to add-checkpoint and reads the answer. */
  readonly ask: (body: string) => Promise<AddCheckpointAnswer>;
  /** Ends it. */
  readonly stop: () => Promise<void>;
}

/** Starts litewitness as a witness that cosigns with `signer`. Its times are the clock's. */
export async function startWitness(program: string, signer: NoteSigner): Promise<RunningWitness> {
  const folder = mkdtempSync(join(tmpdir(), "fiducial-witness-"));
  const agent = await startSshAgent(join(folder, "agent"), signer);
  const address = `127.0.0.1:${await freePort()}`;
  const databasePath = join(folder, "witness.db");
  const args = [
    "-db",
    databasePath,
    "-name",
    signer.key.name,
    "-key",
    agent.fingerprint,
    "-ssh-agent",
    join(folder, "agent"),
    "-listen",
    address,
  ];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  await untilListening(
    `http://${address}/`,
    () => child.exitCode === null,
    () => said,
  );
  const database = new DatabaseSync(databasePath, { timeout: 5000 });
  const post = (body: string) => fetch(`http://${address}/add-checkpoint`, { method: "POST", body });
  return {
    know: ({ origin, verifierKeys, size, rootHash }) => {
      database
        .prepare(
          "INSERT INTO log VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tree_size = excluded.tree_size, tree_hash = excluded.tree_hash",
        )
        .run(origin, size, rootHash);
      database.prepare("DELETE FROM key WHERE origin = ?").run(origin);
      for (const key of verifierKeys) database.prepare("INSERT INTO key VALUES (?, ?)").run(origin, key);
    },
    forget: () => database.exec("DELETE FROM key; DELETE FROM log"),
    post,
    ask: async (body) => {
      const response = await post(body);
      return parseAddCheckpointAnswer({
        status: response.status,
        contentType: response.headers.get("content-type") ?? "",
        body: await response.text(),
      });
    },
    stop: async () => {
      database.close();
      child.kill("SIGINT");
      if (child.exitCode === null) await once(child, "exit");
      agent.server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilListening(url: string, isRunning: () => boolean, said: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200 && isRunning(); attempt++) {
    const response = await fetch(url).catch(() => undefined);
    await response?.body?.cancel();
    if (response !== undefined) return;
    await sleep(50);
  }
  throw new Error(`litewitness does not listen: ${said()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
