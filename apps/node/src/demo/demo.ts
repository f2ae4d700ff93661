// What a demonstration node holds after its first start: a small hospital's devices and three invented patients' studies.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devices, phantomStudies } from "@fiducial/dicom/phantom";
import type { NodeOptions, OpenNode } from "../compose.ts";

/** How far the demonstration is: studies drawn and registered so far. */
export type DemoProgress = (done: number, total: number) => void;

const patients = 3;

/** What a node is opened with when its folder, if it is made now, shall become the demonstration. */
export const demoFolder: Pick<NodeOptions, "demo" | "organizationName"> = {
  demo: true,
  organizationName: "Northlake Hospital",
};

/** Whether the folder was made for the demonstration and nothing is in it yet: its own mark says so, no name in it. */
export function isDemoWaiting({ identity, projection }: Pick<OpenNode, "identity" | "projection">): boolean {
  return identity.demo === true && projection.imaging.count() === 0;
}

/** Registers the demonstration's devices, those that are not registered yet, and studies. Everything is drawn here; nobody is meant. */
export async function registerDemo(
  node: OpenNode,
  startedAt: string,
  progress: DemoProgress = () => {},
): Promise<void> {
  await registerDevices(node);
  const studies = phantomStudies({ seed: "northlake", startedAt, uidRoot: "2.25", patients });
  const folder = await mkdtemp(join(tmpdir(), "fiducial-demo-"));
  try {
    for (const [done, study] of studies.entries()) {
      const into = join(folder, study.name);
      await mkdir(into);
      for (const { fileName, bytes } of study.objects) await writeFile(join(into, fileName), bytes);
      await node.ingest([into]);
      await rm(into, { recursive: true });
      progress(done + 1, studies.length);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The morning before a time, so that the demonstration looks lived in. */
export function demoMorning(nowMs: number): string {
  return `${new Date(nowMs - 86_400_000).toISOString().slice(0, 10)}T08:00:00+01:00`;
}

async function registerDevices(node: OpenNode): Promise<void> {
  const known = new Set(node.projection.identity.actors().map(({ id }) => node.vault.actorName(id)?.["name"]));
  for (const { stationName: station, manufacturer, model, serialNumber: serial, udi } of Object.values(devices)) {
    if (known.has(station)) continue;
    await node.registerActor({ type: "device", name: station, details: { manufacturer, model, serial, station, udi } });
  }
}
