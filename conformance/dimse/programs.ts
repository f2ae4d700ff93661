// DCMTK's senders, run beside a listener of this process.
import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const storescp = "storescp";

/** Whether DCMTK is installed. */
export const hasDcmtk = ["echoscu", "storescu", "dcmsend", storescp].every(
  (program) => spawnSync(program, ["--version"]).status === 0,
);

/** How a program ended: its exit status, and everything that it said. */
export interface Ended {
  readonly status: number;
  readonly said: string;
}

/** Runs a program, without the delay that DCMTK otherwise puts between its packets. */
export function run(program: string, ...args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, TCP_NODELAY: "1" };
  return new Promise((resolve) => {
    execFile(program, args, { env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({
        status: typeof error?.code === "number" ? error.code : error === null ? 0 : -1,
        said: stdout + stderr,
      });
    });
  });
}

/** A receiver of DCMTK's. */
export interface Storescp {
  readonly port: number;
  /** The file that it got last, if it got one; it is taken away. */
  taken(): Buffer | undefined;
}

/**
 * Starts DCMTK's receiver, which writes down what comes as it comes and takes every transfer syntax that it knows; gone when the test is over. `options` are more of its own, and
 * `asking` those with which `echoscu` finds out that it runs.
 */
export async function startStorescp(
  folder: string,
  options: readonly string[] = [],
  asking: readonly string[] = [],
): Promise<Storescp> {
  mkdirSync(folder);
  const port = await freePort();
  const child = spawn(storescp, ["+B", "+xa", "-pm", ...options, "-od", folder, String(port)], { stdio: "ignore" });
  const ended = once(child, "close");
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  while ((await run("echoscu", ...asking, "127.0.0.1", String(port))).status !== 0)
    if (child.exitCode !== null) throw new Error("storescp does not run.");
  return {
    port,
    taken: () => {
      const [name] = readdirSync(folder);
      if (name === undefined) return undefined;
      const bytes = readFileSync(join(folder, name));
      rmSync(join(folder, name));
      return bytes;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
