// What a demonstration node holds after its first start: a small hospital's devices and three invented patients' studies.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devices, phantomStudies } from "@fiducial/dicom/phantom";
import type { OpenNode } from "../compose.ts";

/** How far the demonstration is: studies drawn and registered so far. */
export type DemoProgress = (done: number, total: number) => void;

const patients = 3;

/** Registers the demonstration's devices and studies. Everything is drawn here; nobody is meant. */
export async function registerDemo(
  node: OpenNode,
  startedAt: string,
  progress: DemoProgress = () => {},
): Promise<void> {
  for (const { stationName: station, manufacturer, model, serialNumber: serial, udi } of Object.values(devices)) {
    await node.registerActor({ type: "device", name: station, details: { manufacturer, model, serial, station, udi } });
  }
  const studies = phantomStudies({ ...demoOptions(startedAt), patients });
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

function demoOptions(startedAt: string): { seed: string; startedAt: string; uidRoot: string } {
  return { seed: "northlake", startedAt, uidRoot: "2.25" };
}
