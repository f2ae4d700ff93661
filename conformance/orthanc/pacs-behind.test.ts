// Debian's Orthanc as the PACS behind a node: objects go to it, are asked back by WADO-RS, and stay here as long as it does not hold them as they were registered.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phantom, smallObject } from "@fiducial/dicom/phantom";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type OpenNode, openNode } from "../../apps/node/src/compose.ts";
import type { ObjectFile } from "../../apps/node/src/objects/object-reader.ts";
import { registeredUnder } from "../../apps/node/src/verification/verify-files.ts";
import { orthancProgram, type RunningOrthanc, startOrthanc } from "./running-orthanc.ts";

const folder = mkdtempSync(join(tmpdir(), "fiducial-pacs-"));
const jpegLs = "1.2.840.10008.1.2.4.80";
const bytesOf = (number: number, pixels?: Uint16Array) =>
  smallObject({
    seed: String(number),
    columns: 64,
    rows: 64,
    attributes: {
      PatientID: "P1",
      StudyInstanceUID: "2.25.7",
      SeriesInstanceUID: "2.25.7.1",
      SOPInstanceUID: `2.25.7.1.${number}`,
    },
    ...(pixels === undefined ? {} : { pixels }),
  });
const objects = [
  ...Array.from({ length: 5 }, (_, at) => bytesOf(at)),
  ...[...phantom("ct-chest", { seed: "pacs", uidRoot: "2.25", startedAt: "2026-11-03T08:00:00+01:00" }).objects]
    .slice(0, 3)
    .map(({ bytes }) => bytes),
];
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
let started: RunningOrthanc[] = [];

beforeAll(async () => {
  if (orthancProgram === undefined) return;
  started = [await startOrthanc(orthancProgram), await startOrthanc(orthancProgram, { IngestTranscoding: jpegLs })];
}, 60_000);
afterAll(async () => {
  for (const orthanc of started) await orthanc.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A node with this Orthanc behind it that has taken the objects in. */
async function behind(name: string, orthanc: RunningOrthanc): Promise<OpenNode> {
  const url = `${orthanc.url}/dicom-web`;
  const names = { data: join(folder, `${name}-data`), keys: join(folder, `${name}-keys`) };
  const node = await openNode({ ...names, create: true, threads: 1, pacs: { qidoUrl: url, wadoUrl: url, pollMs: 50 } });
  onTestFinished(() => node.close());
  const paths = objects.map((bytes, at) => {
    const path = join(folder, `${at}.dcm`);
    writeFileSync(path, bytes);
    return path;
  });
  expect(await node.ingest(paths)).toMatchObject({ instances: objects.length, refused: [] });
  const releasing = node.startReleasing();
  onTestFinished(() => releasing?.close());
  return node;
}

async function opened(node: OpenNode, bytes: Uint8Array): Promise<ObjectFile> {
  const version = await registeredUnder(node.vault, node.logs, digestOf(bytes));
  if (version === undefined) throw new Error("It is not registered.");
  return node.objectReader.open(version);
}

const here = (node: OpenNode) => [...node.objects.digests()];

describe.skipIf(orthancProgram === undefined)("Debian's Orthanc behind a node", () => {
  test("keeps what it was sent, and gives it back byte for byte", { timeout: 120_000 }, async () => {
    const [orthanc] = started as [RunningOrthanc];
    const node = await behind("kept", orthanc);
    await expect
      .poll(() => node.connections.list()[0], { timeout: 30_000 })
      .toMatchObject({ type: "pacs", state: "works" });
    expect(here(node)).toHaveLength(objects.length);
    for (const bytes of objects) await orthanc.store(bytes);
    // What it does not have is asked for again ten seconds later.
    await expect.poll(() => here(node), { timeout: 60_000 }).toEqual([]);
    for (const bytes of objects) {
      const file = await opened(node, bytes);
      expect([file.verdict, Buffer.compare(readFileSync(file.path), bytes)]).toEqual(["identical", 0]);
      file.letGo();
    }
    expect(await node.pacs?.instancesOf("2.25.7", 5)).toEqual(new Set([0, 1, 2, 3, 4].map((at) => `2.25.7.1.${at}`)));
    expect(await node.connections.test("pacs")).toMatchObject({ state: "works", releases: { waiting: 0, altered: 0 } });
    expect(await node.audit()).toMatchObject({ ok: true });
    await orthanc.clear();
  });

  test("may encode losslessly what it keeps: the samples are the same, and it is said", {
    timeout: 120_000,
  }, async () => {
    const [, encoder] = started as [RunningOrthanc, RunningOrthanc];
    for (const bytes of objects) await encoder.store(bytes);
    const node = await behind("encoded", encoder);
    await expect.poll(() => here(node), { timeout: 60_000 }).toEqual([]);
    const file = await opened(node, objects[0] as Uint8Array);
    expect([file.verdict, file.transferSyntaxUid]).toEqual(["same-pixels", jpegLs]);
    file.letGo();
    await encoder.clear();
    await expect(opened(node, objects[1] as Uint8Array)).rejects.toMatchObject({ code: "PACS_COPY_MISSING" });
    await encoder.stop();
    started.pop();
    await expect(opened(node, objects[2] as Uint8Array)).rejects.toMatchObject({ code: "PACS_UNREACHABLE" });
    expect(await node.connections.test("pacs")).toMatchObject({
      state: "failed",
      lastError: { code: "PACS_UNREACHABLE" },
    });
  });

  test("gets nothing let go of that was altered in it", { timeout: 120_000 }, async () => {
    const [orthanc] = started as [RunningOrthanc];
    await orthanc.store(
      bytesOf(
        0,
        Uint16Array.from({ length: 4096 }, (_, at) => 4095 - at),
      ),
    );
    for (const bytes of objects.slice(1)) await orthanc.store(bytes);
    const node = await behind("altered", orthanc);
    await expect.poll(() => here(node), { timeout: 60_000 }).toEqual([digestOf(objects[0] as Uint8Array)]);
    await expect
      .poll(() => node.connections.list()[0])
      .toMatchObject({ releases: { waiting: 0, altered: 1, kept: 0 }, lastError: { code: "PACS_COPY_ALTERED" } });
    const file = await opened(node, objects[0] as Uint8Array);
    expect([file.verdict, digestOf(readFileSync(file.path))]).toEqual([undefined, digestOf(objects[0] as Uint8Array)]);
  });
});
