// The downtime drill: modalities send to the PACS, beside which a node follows. The node is killed; the PACS goes on without noticing; the node comes back, and catches up by itself.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type CtStudy, sendStudy, sliceUid } from "../../apps/node/src/scratch/ct-study.ts";
import { timesRegistered } from "../../apps/node/src/scratch/load-evidence.ts";
import { scratchNode } from "../../apps/node/src/scratch/scratch-node.ts";
import { type ServedProcess, startServed } from "../../apps/node/src/scratch/served-process.ts";
import { freePort, orthancProgram, type RunningOrthanc, startOrthanc } from "../orthanc/running-orthanc.ts";

const id = "orthanc:pacs";
const [before, halfway, meanwhile, after] = ["before", "halfway", "meanwhile", "after"].map(
  (seed): CtStudy => ({ seed, slices: 40, side: 128 }),
) as [CtStudy, CtStudy, CtStudy, CtStudy];
const all = [before, halfway, meanwhile, after];

interface Line {
  readonly id: string;
  readonly state: string;
  readonly received: number;
}

describe.skipIf(orthancProgram === undefined)("a PACS with a node beside it", () => {
  let pacs: RunningOrthanc;
  let port: number;
  beforeAll(async () => {
    port = await freePort();
    pacs = await startOrthanc(orthancProgram ?? "", { DicomPort: port });
  }, 60_000);
  afterAll(() => pacs?.stop());

  test("goes on while the node is down, and the node catches up, everything once", { timeout: 180_000 }, async () => {
    const scratch = scratchNode();
    const follow = async () => {
      const orthanc = { id, url: pacs.url, pollMs: 100 };
      const served = await startServed({ data: scratch.data, keys: scratch.keys, settleMs: 500, threads: 1, orthanc });
      onTestFinished(() => served.stop("SIGKILL"));
      return served;
    };
    const fromModality = async (study: CtStudy) => {
      expect(await sendStudy({ port, calledAe: "ORTHANC" }, study)).toEqual(Array(study.slices).fill(0));
    };

    const first = await follow();
    await fromModality(before);
    await expect.poll(() => registered(first), { timeout: 60_000 }).toBe(1);
    const halfwaySent = fromModality(halfway);
    await expect.poll(async () => (await line(first)).received, { timeout: 60_000, interval: 5 }).toBeGreaterThan(45);
    await first.stop("SIGKILL");
    await halfwaySent;
    await fromModality(meanwhile);
    expect(await inPacs(pacs)).toBe(3 * before.slices);

    const second = await follow();
    const counted = (await line(second)).received;
    await fromModality(after);
    await expect.poll(() => registered(second), { timeout: 90_000 }).toBe(4);
    await expect.poll(() => waiting(second), { timeout: 60_000 }).toBe(0);
    const { state, received } = await line(second);
    expect(state).toBe("works");
    // It went on where it had been: the first study was not fetched again.
    expect(received - counted).toBeLessThan(4 * before.slices - before.slices + 1);
    await second.stop();
    const node = await scratch.open();
    const uids = all.flatMap((study) => Array.from({ length: study.slices }, (_, number) => sliceUid(study, number)));
    expect(timesRegistered(node)).toEqual(new Map(uids.map((uid) => [uid, 1])));
    expect(await node.audit()).toMatchObject({ ok: true });
  });
});

async function inPacs({ url }: RunningOrthanc): Promise<number> {
  const { CountInstances } = (await (await fetch(`${url}/statistics`)).json()) as { CountInstances: number };
  return CountInstances;
}

async function registered(served: ServedProcess): Promise<number> {
  const { studies } = await asOperator<{ studies: unknown[] }>(served, "/api/v1/studies");
  return studies.length;
}

async function waiting(served: ServedProcess): Promise<number> {
  const { intake } = await asOperator<{ intake: { objects: number } }>(served, "/api/v1/health");
  return intake.objects;
}

async function line(served: ServedProcess): Promise<Line> {
  const { connections } = await asOperator<{ connections: Line[] }>(served, "/api/v1/connections");
  return connections.find((one) => one.id === id) as Line;
}

async function asOperator<Answer>({ url, operatorToken }: ServedProcess, path: string): Promise<Answer> {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${operatorToken}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}
