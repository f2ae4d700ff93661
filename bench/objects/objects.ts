// Images: taking a folder in, and verifying its files, by one thread and by all, beside a bare SHA-256 of the same bytes.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type OpenNode, openNode } from "@fiducial/node";
import type { Bench, Context } from "../context.ts";
import { byTurns, secondsOf } from "../runs.ts";
import { bareHash } from "./bare-hash.ts";
import { makeSlices, type Slices } from "./slices.ts";

/** How often all files are read for one figure of what can be done again. */
const passes = 3;

export const objects: Bench = {
  name: "objects",
  run: async (context) => {
    const slices = makeSlices(join(context.folder, "slices"), context.quick ? 20 : 1000);
    const all = context.threads;
    for (const threads of all > 1 ? [1, all] : [1]) await measure(context, slices, threads);
  },
};

async function measure({ folder, runs, report }: Context, slices: Slices, threads: number): Promise<void> {
  const bare = bareHash(threads);
  await bare.hash(slices.files);
  const rate = (seconds: number) => slices.bytes / 1e6 / seconds;
  // One pass takes a few tenths of a second, which a machine that looks the other way for a moment doubles.
  const rateOf = async (pass: () => Promise<void>) => rate((await secondsOf(() => inTurn(passes, pass))) / passes);
  let taken: Taken | undefined;
  const rates = await byTurns(runs, {
    intake: async () => {
      await taken?.close();
      taken = await takeIn(join(folder, "node"), slices, threads);
      return rate(taken.seconds);
    },
    verify: () => rateOf(() => verifyAll((taken as Taken).node, slices)),
    hash: () => rateOf(() => bare.hash(slices.files)),
    keep: async () => {
      const copies = mkdtempSync(join(folder, "copies-"));
      const seconds = await secondsOf(() => bare.keep(slices.files, copies));
      rmSync(copies, { recursive: true });
      return rate(seconds);
    },
  });
  await taken?.close();
  await bare.close();
  const by = `by ${threads} ${threads === 1 ? "thread" : "threads"}`;
  const common = { measure: "MB/s", runs, limit: { name: `bare SHA-256, ${by}`, value: rates.hash } } as const;
  const intake = { ...common, what: `intake of ${slices.files.length} CT slices ${by}`, ours: rates.intake };
  report({ ...intake, aim: "≥ 40 %" });
  report({ ...intake, limit: { name: `two SHA-256 and a flushed copy, ${by}`, value: rates.keep } });
  report({ ...common, what: `verifying them ${by}`, ours: rates.verify, aim: "≥ 60 %" });
}

async function inTurn(count: number, action: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < count; turn++) await action();
}

interface Taken {
  readonly node: OpenNode;
  readonly seconds: number;
  close(): Promise<void>;
}

// A node of its own for each intake: what is known already is not taken in again.
async function takeIn(folder: string, { folder: from, files }: Slices, threads: number): Promise<Taken> {
  const data = join(folder, "data");
  const node = await openNode({ data, keys: join(folder, "keys"), create: true, threads });
  // Unknown still, so every thread makes whole fingerprints: what is measured is no start.
  await Promise.all(files.slice(0, 8 * threads).map((file) => node.verify(file)));
  let instances = 0;
  const seconds = await secondsOf(async () => {
    ({ instances } = await node.ingest([from]));
  });
  if (instances !== files.length) throw new Error(`${instances} of ${files.length} slices were taken in.`);
  return {
    node,
    seconds,
    close: async () => {
      await node.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function verifyAll(node: OpenNode, { files }: Slices): Promise<void> {
  const queue = files.values();
  const work = async () => {
    for (const file of queue) {
      const { verdict } = await node.verify(file);
      if (verdict !== "identical") throw new Error(`A slice of the bench is ${verdict}.`);
    }
  };
  await Promise.all(Array.from({ length: node.fingerprints.width }, work));
}
