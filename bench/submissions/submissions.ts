// Statements a second over HTTP: one to a request and a hundred to one, into a node in a process of its own. Whoever sends has its share of the processors too.

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Context } from "../context.ts";
import { type Cluster, startCluster } from "../postgres/cluster.ts";
import { byTurns, secondsOf } from "../runs.ts";
import { rawVerification } from "../statements/raw-verification.ts";
import { send } from "./sender.ts";
import { type Serving, serving, singles } from "./serving.ts";
import { type SignedSubmission, type Submitter, submitter } from "./submitter.ts";

const batchers = 8;
const inBatch = 100;

export const submissions: Bench = {
  name: "submissions",
  run: async (context) => {
    const folder = mkdtempSync(join(context.folder, "submissions-"));
    const cluster = await startCluster();
    if (cluster === undefined)
      context.leaveOut("the peer of submissions: PostgreSQL is not installed (Debian package postgresql)");
    const node = await serving(new URL("./serving-node.ts", import.meta.url), folder);
    const peer =
      cluster &&
      (await serving(
        new URL("./serving-peer.ts", import.meta.url),
        cluster.host,
        String(submitter(node.told).publicKey),
      ));
    try {
      await measure(context, cluster, node.told, peer?.told);
    } finally {
      await peer?.stop();
      await node.stop();
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(
  context: Context,
  cluster: Cluster | undefined,
  node: Serving,
  peer: Serving | undefined,
): Promise<void> {
  const { quick, runs, threads } = context;
  const signs = submitter(node);
  const many = quick ? 2000 : 30_000;
  const few = quick ? 200 : 6000;
  const to = (where: Serving | undefined, count: number, batch: number, what: Said = "registrations") =>
    where === undefined ? Promise.resolve(0) : rate(where, signs, count, batch, what);
  await to(node, quick ? 400 : 4000, inBatch);
  const signed = await signs.registrations(many);
  const all = signed.map(({ statement }) => statement);
  const raw = await rawVerification(all, threads, signs.key);
  const rates = await byTurns(runs, {
    batched: () => to(node, many, inBatch),
    peerBatched: () => to(peer, many, inBatch),
    single: () => to(node, few, 1),
    peerSingle: () => to(peer, few, 1),
    opened: () => to(node, many / 2, inBatch, "rejections"),
    limit: async () => many / (await secondsOf(() => raw.verify(0, many))),
  });
  await raw.close();
  report(context, cluster, rates);
}

type Said = "registrations" | "rejections";
type Rates = Record<"batched" | "peerBatched" | "single" | "peerSingle" | "opened" | "limit", number>;

function report({ report: take, runs, threads }: Context, cluster: Cluster | undefined, rates: Rates): void {
  const common = {
    measure: "statements/s",
    runs,
    limit: { name: `verification alone, ${threads} threads`, value: rates.limit },
  } as const;
  const beside = (value: number) =>
    cluster === undefined ? {} : { peer: { name: `${cluster.version} behind a bare server, verified`, value } };
  take({
    ...common,
    what: `${inBatch} to a request, ${batchers} connections`,
    ours: rates.batched,
    ...beside(rates.peerBatched),
    aim: "≥ 10,000",
  });
  take({
    ...common,
    what: `one to a request, ${singles} connections`,
    ours: rates.single,
    ...beside(rates.peerSingle),
  });
  take({ ...common, what: `${inBatch} to a request, each with what opens it for the vault`, ours: rates.opened });
}

async function rate(to: Serving, signs: Submitter, count: number, batch: number, what: Said): Promise<number> {
  const signed = await signs[what](count);
  const bodies: string[] = [];
  for (let from = 0; from < count; from += batch) bodies.push(bodyOf(signed.slice(from, from + batch)));
  const connections = batch === 1 ? singles : batchers;
  return count / (await secondsOf(() => send(to, connections, bodies)));
}

function bodyOf(signed: readonly SignedSubmission[]): string {
  return JSON.stringify({ statements: signed.map(({ submitted }) => submitted) });
}
