// The disk fills up while a CT comes in: the sender is told, people are told, what was acknowledged is registered, and with room again all goes on by itself.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type CtStudy, sendStudy } from "../scratch/ct-study.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { type ServedProcess, startServed } from "../scratch/served-process.ts";

const unshare = "unshare";
/** A disk of memory in a namespace of its own, which goes with the process; any user may have one where the system lets them. */
const canMount = spawnSync(unshare, ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
const mebibyte = 2 ** 20;
const noRoom = 0xa700;
const [early, ct, late]: readonly [CtStudy, CtStudy, CtStudy] = [
  { seed: "early", slices: 5 },
  { seed: "ct", slices: 90 },
  { seed: "late", slices: 5 },
];

interface Health {
  readonly troubles: readonly { readonly code: string; readonly cause?: string }[];
  readonly intake: { readonly objects: number; readonly problem?: string };
}

test.skipIf(!canMount)("a disk that fills up while a CT comes in", { timeout: 300_000 }, async () => {
  const { served, disk } = await onDiskOf(64 * mebibyte, 16 * mebibyte);
  await allRegistered(served, await sendStudy({ port: served.dicomPort }, early));

  const ballast = join(disk, "ballast");
  writeFileSync(ballast, Buffer.alloc(10 * mebibyte));
  const statuses = await sendStudy({ port: served.dicomPort }, ct);
  const taken = statuses.filter((status) => status === 0).length;
  expect(new Set(statuses)).toEqual(new Set([0, noRoom]));
  expect(freeBytes(disk)).toBeGreaterThan(12 * mebibyte);
  await expect.poll(async () => (await health(served)).intake.objects, { timeout: 60_000 }).toBe(0);
  expect((await health(served)).troubles).toEqual([{ code: "DISK_LOW" }]);
  const line = (await lines(served)).find(({ id }) => id === "dimse:ct1");
  expect(line).toMatchObject({ refused: statuses.length - taken, lastError: { code: "OBJECT_NO_ROOM" } });
  expect(await instancesOf(served)).toEqual([early.slices, taken]);

  rmSync(ballast);
  await allRegistered(served, await sendStudy({ port: served.dicomPort }, late));
  expect(await instancesOf(served)).toEqual([early.slices, taken, late.slices]);
  expect((await health(served)).troubles).toEqual([{ code: "DISK_LOW" }]);
});

test.skipIf(!canMount)(
  "without room that objects leave alone, they fill the disk to its end, and the node still answers",
  async () => {
    const { served, disk } = await onDiskOf(32 * mebibyte, 0);
    expect(new Set(await sendStudy({ port: served.dicomPort }, ct))).toEqual(new Set([0, noRoom]));
    expect(freeBytes(disk)).toBeLessThan(2 * mebibyte);
    expect((await health(served)).troubles).toContainEqual({ code: "DISK_LOW" });
  },
);

/** A node whose folders are on a disk of so many bytes, of which objects leave so many alone; `disk` is where this process sees it. */
async function onDiskOf(bytes: number, reservedBytes: number): Promise<{ served: ServedProcess; disk: string }> {
  const folder = join(scratchNode().folder, "disk");
  mkdirSync(folder);
  const mounted = `mount -t tmpfs -o size=${bytes} none "$0" && exec "$@"`;
  const places = { data: join(folder, "data"), keys: join(folder, "keys") };
  const before = [unshare, "-rm", "sh", "-c", mounted, folder] as const;
  const served = await startServed({ ...places, reservedBytes, settleMs: 500, threads: 1 }, before);
  onTestFinished(() => served.stop("SIGKILL"));
  const disk = `/proc/${served.pid}/root${folder}`;
  expect(statfsSync(disk).blocks * statfsSync(disk).bsize).toBe(bytes);
  return { served, disk };
}

function freeBytes(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}

async function allRegistered(served: ServedProcess, statuses: readonly number[]): Promise<void> {
  expect(new Set(statuses)).toEqual(new Set([0]));
  await expect.poll(async () => (await health(served)).intake.objects, { timeout: 60_000 }).toBe(0);
}

async function health({ url }: ServedProcess): Promise<Health> {
  return (await (await fetch(`${url}/api/v1/health`)).json()) as Health;
}

async function lines(served: ServedProcess) {
  const { connections } = await asOperator<{
    connections: { id: string; refused: number; lastError?: { code: string } }[];
  }>(served, "/api/v1/connections");
  return connections;
}

/** Objects of each study, the earliest first. */
async function instancesOf(served: ServedProcess): Promise<number[]> {
  const { studies } = await asOperator<{ studies: { instances: number }[] }>(served, "/api/v1/studies");
  return studies.map(({ instances }) => instances).reverse();
}

async function asOperator<Answer>({ url, operatorToken }: ServedProcess, path: string): Promise<Answer> {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${operatorToken}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}
