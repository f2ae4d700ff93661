// What fifty people wait for while a CT comes in; and a large hospital's day, by the measured rate and the measured slope of the heap.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openNode } from "@fiducial/node";
import { type CtStudy, sendStudy } from "../../apps/node/src/scratch/ct-study.ts";
import { heapSamples, slopeOf } from "../../apps/node/src/scratch/heap-slope.ts";
import { manyStudies } from "../../apps/node/src/scratch/many-studies.ts";
import { browseUntil, signedInReaders } from "../../apps/node/src/scratch/readers.ts";
import type { Bench, Context } from "../context.ts";
import { ours } from "../intake/receivers.ts";
import { percentile, secondsOf } from "../runs.ts";

const people = 50;
/** Between two rounds of four requests: somebody who clicks about once a second. */
const pauseMs = 4000;
/** Statements of a large hospital, on average. */
const meanRate = 350;
const dayStatements = meanRate * 86_400;

export const load: Bench = {
  name: "load",
  run: async (context) => {
    await browsing(context);
    await hospitalDay(context);
  },
};

async function browsing({ folder, quick, report }: Context): Promise<void> {
  const receiver = await ours(folder);
  try {
    const to = { port: receiver.dicomPort };
    const readers = await signedInReaders(receiver.pages ?? "", people);
    for (let number = 0; number < 20; number++) await taken(sendStudy(to, { seed: `seen${number}`, slices: 10 }));
    await receiver.done();
    const times = async (isOver: () => boolean) => {
      const ms: number[] = [];
      const seconds = await secondsOf(() => browseUntil(readers, isOver, { pauseMs, take: (one) => ms.push(one) }));
      return { ms, seconds };
    };
    const calmUntil = performance.now() + (quick ? 1000 : 20_000);
    const calm = await times(() => performance.now() > calmUntil);
    const ct: CtStudy = { seed: "ct", slices: quick ? 50 : 500 };
    let isIn = false;
    let seconds = 0;
    const sending = secondsOf(() => taken(sendStudy(to, ct)))
      .then((took) => {
        seconds = took;
      })
      .finally(() => {
        isIn = true;
      });
    const busy = await times(() => isIn);
    await sending;
    for (const [when, { ms }] of [
      ["nothing comes in", calm],
      [`a CT of ${ct.slices} slices comes in`, busy],
    ] as const)
      for (const percent of [50, 95])
        report({
          what: `${people} people browse while ${when}, p${percent}`,
          measure: "ms",
          ours: percentile(ms, percent),
          runs: ms.length,
          ...(percent === 95 ? { aim: "≤ 300 ms" } : {}),
        });
    report({
      what: "requests answered meanwhile",
      measure: "requests/s",
      ours: busy.ms.length / busy.seconds,
      runs: busy.ms.length,
    });
    report({ what: "objects taken meanwhile", measure: "objects/s", ours: ct.slices / seconds, runs: 1 });
  } finally {
    await receiver.close();
  }
}

async function hospitalDay({ folder, quick, threads, report, leaveOut }: Context): Promise<void> {
  const place = mkdtempSync(join(folder, "day-"));
  const node = await openNode({ data: join(place, "data"), keys: join(place, "keys"), create: true, threads });
  try {
    const register = await manyStudies(node);
    const steps = 20;
    const size = (quick ? 2000 : 200_000) / steps;
    let seconds = 0;
    const samples = await heapSamples({ steps, size, warm: steps / 4 }, async (count) => {
      seconds += await secondsOf(() => register(count));
    });
    const done = steps * size;
    report({
      what: `${done} registrations as intake says them, with vault and lists, by one thread`,
      measure: "statements/s",
      ours: done / seconds,
      limit: { name: "a large hospital's mean", value: meanRate },
      runs: 1,
      aim: "≥ 100 %",
    });
    if (quick) return leaveOut(`load: the slope of the heap, which ${done} statements are too few for`);
    const growth = Math.max(0, slopeOf(samples));
    report({
      what: "heap for each 100,000 of them",
      measure: "MB",
      ours: growth / 10,
      runs: samples.length,
      aim: "≤ 1 MB",
    });
    report({
      what: `heap after a day of ${dayStatements / 1e6} million, by that slope`,
      measure: "MB",
      ours: (growth * dayStatements) / 1e6,
      runs: samples.length,
    });
  } finally {
    await node.close();
    rmSync(place, { recursive: true, force: true });
  }
}

async function taken(sent: Promise<readonly number[]>): Promise<void> {
  const other = (await sent).find((status) => status !== 0);
  if (other !== undefined) throw new Error(`An object was answered with status ${other.toString(16)}.`);
}
