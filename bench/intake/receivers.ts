// Those whom a CT is sent to: our node, Debian's Orthanc, DCMTK's storescp. Each in a folder of its own, and gone when it is closed.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startServed } from "../../apps/node/src/scratch/served-process.ts";
import { freePort, orthancProgram, startOrthanc } from "../../conformance/orthanc/running-orthanc.ts";

/** Somebody who takes DICOM objects. */
export interface Receiver {
  readonly aeTitle: string;
  readonly dicomPort: number;
  /** Where it takes objects over STOW-RS, and the header that lets it; absent where it does not. */
  readonly stow?: { readonly url: string; readonly authorization?: string };
  /** Resolves when it has no more to do for what it acknowledged. */
  done(): Promise<void>;
  /** Where its people browse; ours only. */
  readonly pages?: string;
  close(): Promise<void>;
}

/** Seconds after its last object after which our node takes a study for whole, while it is measured: told apart from the work. */
export const settleSeconds = 0.1;

/** Starts our node. */
export async function ours(folder: string): Promise<Receiver> {
  const place = mkdtempSync(join(folder, "ours-"));
  const served = await startServed({
    data: join(place, "data"),
    keys: join(place, "keys"),
    settleMs: settleSeconds * 1000,
  });
  const waiting = async () => {
    const { intake } = (await (await fetch(`${served.url}/api/v1/health`)).json()) as { intake: { objects: number } };
    return intake.objects;
  };
  return {
    aeTitle: "FIDUCIAL",
    dicomPort: served.dicomPort,
    stow: { url: `${served.url}/dicomweb/studies`, authorization: `Bearer ${served.operatorToken}` },
    pages: served.url,
    done: async () => {
      while ((await waiting()) > 0) await sleep(10);
    },
    close: async () => {
      await served.stop();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Starts Orthanc, or tells why it cannot. */
export async function orthanc(): Promise<Receiver | string> {
  if (orthancProgram === undefined) return "Orthanc is not installed (Debian packages orthanc, orthanc-dicomweb)";
  const dicomPort = await freePort();
  const running = await startOrthanc(orthancProgram, { DicomPort: dicomPort });
  return {
    aeTitle: "ORTHANC",
    dicomPort,
    stow: { url: `${running.url}/dicom-web/studies` },
    done: async () => {},
    close: () => running.stop(),
  };
}

/** Starts storescp, which writes what comes as it comes and flushes nothing, or tells why it cannot. */
export async function storescp(folder: string): Promise<Receiver | string> {
  if (!hasDcmtk) return "DCMTK is not installed (Debian package dcmtk)";
  const place = mkdtempSync(join(folder, "storescp-"));
  const received = join(place, "received");
  mkdirSync(received);
  const dicomPort = await freePort();
  const child = spawn("storescp", ["+B", "+xa", "-pdu", "131072", "-od", received, "--fork", String(dicomPort)], {
    stdio: "ignore",
    env: withoutDelay,
  });
  await answers(child, dicomPort);
  return {
    aeTitle: "STORESCP",
    dicomPort,
    done: async () => {},
    close: async () => {
      child.kill();
      await once(child, "close");
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Whether DCMTK's programs are there. */
export const hasDcmtk: boolean = ["dcmsend", "storescp", "echoscu"].every(
  (program) => spawnSync(program, ["--version"]).status === 0,
);

/** Without this, DCMTK waits between its packets. */
export const withoutDelay: NodeJS.ProcessEnv = { ...process.env, TCP_NODELAY: "1" };

async function answers(child: ChildProcess, port: number): Promise<void> {
  while (spawnSync("echoscu", ["127.0.0.1", String(port)]).status !== 0) {
    if (child.exitCode !== null) throw new Error("storescp does not run.");
    await sleep(20);
  }
}
