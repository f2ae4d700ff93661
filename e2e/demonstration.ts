// Nodes for stories: started as anybody starts them, on any free port, with data in a scratch folder that goes with them.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A node that runs for stories. */
export interface StoryNode {
  readonly url: string;
  /** The key of its own machine's command. */
  readonly operatorToken: string;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

const script = join(import.meta.dirname, "..", "scripts", "start.ts");

/** Starts a node with the demonstration, or `empty`, and settings in its environment; it listens for DICOM only where they name a port. Rejects with what it said when it ends before it answers. */
export async function startNode(
  kind: "demonstration" | "empty",
  settings: Readonly<Record<string, string>> = {},
): Promise<StoryNode> {
  const folder = mkdtempSync(join(tmpdir(), "fiducial-story-"));
  const places = ["--data", join(folder, "data"), "--keys", join(folder, "keys"), "--port", "0"];
  const silent = "FIDUCIAL_DICOM_PORT" in settings ? [] : ["--no-dicom"];
  const child = spawn(process.execPath, [script, ...places, ...silent, ...(kind === "empty" ? ["--empty"] : [])], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...settings },
  });
  const url = await addressOf(child).catch((thrown: Error) => {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  });
  return {
    url,
    operatorToken: readFileSync(join(folder, "keys", "operator.token"), "utf8").trim(),
    stop: async () => {
      const runs = child.exitCode === null && child.signalCode === null;
      const ended = runs ? once(child, "exit") : Promise.resolve();
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const [, url] = /Fiducial is at (http:\S+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the node ended with ${code}: ${said}`)));
  });
}
