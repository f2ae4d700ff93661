// A CT comes in while fifty people browse, and eight scanners send at once: nobody is refused, each object is registered once, each read is recorded, and memory stays bounded.
import { expect, onTestFinished, test } from "vitest";
import { type CtStudy, sendStudy, sliceUid } from "../scratch/ct-study.ts";
import { timesRegistered, unrecorded } from "../scratch/load-evidence.ts";
import { browseUntil, signedInReaders } from "../scratch/readers.ts";
import { type ScratchNode, scratchNode } from "../scratch/scratch-node.ts";
import { type ServedProcess, startServed } from "../scratch/served-process.ts";

const mebibyte = 2 ** 20;
const first: CtStudy = { seed: "first", slices: 40 };
const ct: CtStudy = { seed: "ct", slices: 500 };
const readers = 50;
const scanners = 8;
/** Less than what comes in, 250 and 240 MiB, all of which would stay on top of the usual if anybody kept it. */
const mostGrowth = 230 * mebibyte;

test("a CT of 500 slices while fifty people browse", { timeout: 600_000 }, async () => {
  const { scratch, served } = await serving();
  await settled(served, first, await sendStudy({ port: served.dicomPort }, first));
  const people = await signedInReaders(served.url, readers);
  const before = await served.memory();

  let isIn = false;
  const sent = sendStudy({ port: served.dicomPort }, ct).finally(() => {
    isIn = true;
  });
  const shown = browseUntil(people, () => isIn, { pauseMs: 3000 });
  await settled(served, ct, await sent);
  const reads = await shown;
  const { peakRss } = await served.memory();
  expect(reads.length).toBeGreaterThanOrEqual(3 * readers);
  expect(peakRss - before.rss).toBeLessThan(mostGrowth);

  await served.stop();
  const node = await scratch.open();
  expectOnce(timesRegistered(node), first, ct);
  expect(unrecorded(node, reads)).toEqual([]);
  expect(unrecorded(node, [{ session: "0".repeat(32), what: "study-list" }])).toHaveLength(1);
  expect(await node.audit()).toMatchObject({ ok: true });
});

test("eight scanners at once, each in an association of its own", { timeout: 600_000 }, async () => {
  const { scratch, served } = await serving();
  await settled(served, first, await sendStudy({ port: served.dicomPort }, first));
  const before = await served.memory();
  const studies = Array.from({ length: scanners }, (_, at): CtStudy => ({ seed: `scanner${at}`, slices: 60 }));
  const statuses = await Promise.all(
    studies.map((study, at) => sendStudy({ port: served.dicomPort, callingAe: `CT${at}` }, study)),
  );
  for (const [at, study] of studies.entries()) await settled(served, study, statuses[at] ?? []);
  const { peakRss } = await served.memory();
  expect(peakRss - before.rss).toBeLessThan(mostGrowth);
  await served.stop();
  expectOnce(timesRegistered(await scratch.open()), first, ...studies);
});

test("one study of eight associations is one study", { timeout: 600_000 }, async () => {
  const { scratch, served } = await serving();
  const study: CtStudy = { seed: "shared", slices: 160 };
  const shares = Array.from({ length: scanners }, (_, at) =>
    sendStudy({ port: served.dicomPort, callingAe: `CT${at}` }, study, at, scanners),
  );
  await settled(served, study, (await Promise.all(shares)).flat());
  await served.stop();
  const node = await scratch.open();
  expectOnce(timesRegistered(node), study);
  expect(node.vault.findStudies({ patientId: "P-shared" })).toHaveLength(1);
});

async function serving(): Promise<{ scratch: ScratchNode; served: ServedProcess }> {
  const scratch = scratchNode();
  const served = await startServed({ data: scratch.data, keys: scratch.keys, settleMs: 500, threads: 2 });
  // Ended again, it has gone already.
  onTestFinished(() => served.stop("SIGKILL"));
  return { scratch, served };
}

/** Every answer was success, and nothing waits to be registered any more. */
async function settled({ url }: ServedProcess, { slices }: CtStudy, statuses: readonly number[]): Promise<void> {
  expect(statuses).toEqual(Array(slices).fill(0));
  const waiting = async () => {
    const { intake } = (await (await fetch(`${url}/api/v1/health`)).json()) as { intake: { objects: number } };
    return intake.objects;
  };
  await expect.poll(waiting, { timeout: 120_000 }).toBe(0);
}

function expectOnce(times: ReadonlyMap<string, number>, ...studies: readonly CtStudy[]): void {
  const expected = studies.flatMap((study) =>
    Array.from({ length: study.slices }, (_, number) => [sliceUid(study, number), 1] as const),
  );
  expect(times).toEqual(new Map(expected));
}
