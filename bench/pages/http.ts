// Over HTTP: how many lists are read a second by fifty connections, each with a session, and how many studies are registered a second by intakes of one object.
import { smallObject } from "@fiducial/dicom/phantom";
import { type Reader, signedInReaders } from "../../apps/node/src/scratch/readers.ts";
import type { ServedProcess } from "../../apps/node/src/scratch/served-process.ts";
import type { NodeBench } from "../context.ts";
import { sizeName } from "../options.ts";
import { median, percentile } from "../runs.ts";

const connections = 50;

export const http: NodeBench = {
  name: "http",
  run: async ({ quick, runs, report }, node) => {
    const at = `at ${sizeName(node.size)}`;
    await node.whileServed(undefined, async (served) => {
      const readers = await signedInReaders(served.url, connections);
      for (const path of ["/api/v1/entries?limit=50", "/api/v1/studies?limit=50"]) {
        const [what] = path.slice("/api/v1".length).split("?");
        const found = await inTurns(runs, () => readsOf(readers, path, quick ? 5 : 60));
        const ms = found.flatMap((one) => one.ms);
        const rate = median(found.map((one) => one.rate));
        report({ what: `GET ${what}, ${connections} connections, ${at}`, measure: "requests/s", ours: rate, runs });
        report({ what: `GET ${what}, p95, ${at}`, measure: "ms", ours: percentile(ms, 95), runs: ms.length });
      }
      for (const atOnce of [1, 8]) {
        const rates = await inTurns(runs, (run) =>
          intakesOf(served, `${node.size} ${atOnce} ${run}`, atOnce, quick ? 8 : 200),
        );
        const what = `studies of one object by intakes, ${atOnce} at once, ${at}`;
        report({ what, measure: "statements/s", ours: median(rates), runs });
      }
    });
  },
};

async function inTurns<Result>(count: number, work: (turn: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let turn = 0; turn < count; turn++) results.push(await work(turn));
  return results;
}

/** Every reader asks so often, one request after the other. */
async function readsOf(readers: readonly Reader[], path: string, each: number) {
  const ms: number[] = [];
  const begun = performance.now();
  await Promise.all(
    readers.map(async ({ ask }) => {
      for (let turn = 0; turn < each; turn++) ms.push((await ask(path)).ms);
    }),
  );
  return { ms, rate: ms.length / ((performance.now() - begun) / 1000) };
}

/** Registers so many studies of one object, `atOnce` at a time, and resolves with how many a second. */
async function intakesOf({ url, operatorToken }: ServedProcess, name: string, atOnce: number, count: number) {
  const authorization = `Bearer ${operatorToken}`;
  const post = async (path: string, body?: Uint8Array<ArrayBuffer>) => {
    const headers = { authorization, ...(body === undefined ? {} : { "content-type": "application/dicom" }) };
    const answer = await fetch(`${url}/api/v1/intakes${path}`, { method: "POST", headers, ...(body && { body }) });
    if (!answer.ok) throw new Error(`An intake was answered ${answer.status}.`);
    return (await answer.json()) as { readonly intake: string };
  };
  const objects = Array.from({ length: count }, (_, at) => new Uint8Array(smallObject({ seed: `${name} ${at}` })));
  const begun = performance.now();
  const queue = objects.values();
  const work = async () => {
    for (const object of queue) {
      const { intake } = await post("");
      await post(`/${intake}/objects`, object);
      await post(`/${intake}/registration`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return count / ((performance.now() - begun) / 1000);
}
