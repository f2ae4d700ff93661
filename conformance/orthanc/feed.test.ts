// What comes into an Orthanc arrives here by its feed, byte for byte, and is registered once, although the node is closed and opened again in the middle.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenNode, openNode } from "../../apps/node/src/compose.ts";
import { followOrthanc } from "../../apps/node/src/connections/orthanc-feed.ts";
import { processClock } from "../../apps/node/src/intake/clock.ts";
import { orthancProgram, type RunningOrthanc, startOrthanc } from "./running-orthanc.ts";

const folder = mkdtempSync(join(tmpdir(), "fiducial-feed-"));
const id = "orthanc:debian";
const objects = Array.from({ length: 60 }, (_, at) => {
  const study = `2.25.${900 + (at % 3)}`;
  const attributes = { PatientID: `P${at % 3}`, StudyInstanceUID: study, SOPInstanceUID: `${study}.${at}` };
  return smallObject({ seed: String(at), attributes });
});
const digests = objects.map((bytes) => createHash("sha256").update(bytes).digest("hex"));
let orthanc: RunningOrthanc;
let node: OpenNode | undefined;
let close = async (): Promise<void> => {};

beforeAll(async () => {
  if (orthancProgram !== undefined) orthanc = await startOrthanc(orthancProgram);
}, 60_000);
afterAll(async () => {
  await close();
  await orthanc?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function follow(): Promise<OpenNode> {
  await close();
  const names = { data: join(folder, "data"), keys: join(folder, "keys") };
  const opened = await openNode({ ...names, create: true, threads: 1, inbox: { settleMs: 500 } });
  const rooms = { ...opened, clock: processClock };
  const feed = followOrthanc(rooms, opened.folder.path, { id, url: orthanc.url, pollMs: 100 });
  node = opened;
  close = async () => {
    close = async () => {};
    await feed.close();
    await opened.close();
  };
  return opened;
}

const arrived = (opened: OpenNode) => digests.filter((digest) => existsSync(opened.objects.pathOf(digest))).length;

describe.skipIf(orthancProgram === undefined)("the feed of Debian's Orthanc", () => {
  test("brings every object, each registered once, whenever the node is closed", async () => {
    for (const bytes of objects.slice(0, 30)) await orthanc.store(bytes);
    const first = await follow();
    await expect.poll(() => arrived(first), { timeout: 30_000, interval: 1 }).toBeGreaterThan(5);
    const second = await follow();
    for (const bytes of objects.slice(30)) await orthanc.store(bytes);
    await expect.poll(() => arrived(second), { timeout: 60_000 }).toBe(60);
    await expect.poll(() => second.inbox.standing(), { timeout: 60_000 }).toEqual({ objects: 0, studies: 0 });
    expect(registeredIn(second)).toEqual([...digests].sort());
    expect(second.connections.list()).toMatchObject([{ id, refused: 0, state: "works" }]);
    expect(await second.connections.test(id)).toMatchObject({ state: "works", canTest: true });
    expect(await second.audit()).toMatchObject({ ok: true });
  });

  test("is told to be down when it is, and nothing is fetched again when the node is opened", async () => {
    const brought = node?.connections.list()[0]?.received;
    const third = await follow();
    await expect.poll(() => third.connections.list()[0]?.state, { timeout: 30_000 }).toBe("works");
    await expect.poll(() => third.inbox.standing(), { timeout: 60_000 }).toEqual({ objects: 0, studies: 0 });
    expect(third.connections.list()[0]?.received).toBe(brought);
    await orthanc.stop();
    await expect
      .poll(() => third.connections.list()[0], { timeout: 30_000 })
      .toMatchObject({ state: "failed", lastError: { code: "FEED_UNREACHABLE" } });
    expect(node).toBe(third);
  });
});

/** Digests in the manifests of statements on the log, sorted: one that is registered twice stands there twice. */
function registeredIn({ vault, store }: OpenNode): string[] {
  const studies = ["P0", "P1", "P2"].flatMap((patientId) => vault.findStudies({ patientId }));
  const statements = studies.flatMap(({ study }) => vault.statementsOf(study));
  const onLog = [...new Set(statements)].filter((statement) => store.indexOf(statement) !== undefined);
  return onLog.flatMap((one) => [...vault.manifest(one)].map(({ value }) => (value as { file: string }).file)).sort();
}
