// Statements a second: verified, decided and durable; and with drafting, sealing, signing and the projection too.
import { type SignedStatement, type VerificationPool, verificationPool } from "@fiducial/ledger";
import type { Context, LogBench } from "../context.ts";
import type { GrownLog } from "../log/grown-log.ts";
import { batchesOf, openLog, submitAll } from "../log/opened-log.ts";
import { allOf, freshHandles } from "../log/statement-source.ts";
import { sizeName } from "../options.ts";
import type { HashChain } from "../postgres/hash-chain.ts";
import { byTurns, secondsOf } from "../runs.ts";
import { type RawVerification, rawVerification } from "./raw-verification.ts";

const batch = 1024;
/** Statements that are submitted before the clock starts, so that nobody is measured cold. */
const warm = 4 * batch;
/** Enough that the first batch, for which nobody has anything to decide, and the last, for which nobody has anything to verify, hardly count. */
const measured = 60 * batch;

export const statements: LogBench = {
  name: "statements",
  run: async (context, log) => {
    const { quick, runs, threads, source, peer } = context;
    const count = warm + (quick ? 2 * batch : measured);
    const handles = freshHandles(count);
    const signed = await allOf(source.signed(log.studies, handles));
    const raw = await rawVerification(signed, threads);
    const pool = verificationPool(threads);
    if (peer !== undefined) await grow(peer.chain, log.size, signed);
    const rates = await byTurns(runs, {
      verified: () => log.onCopy((folder) => verifiedRate(folder, pool, signed)),
      whole: () => log.onCopy((folder) => wholeRate(context, folder, pool, log, handles)),
      limit: () => limitRate(raw, count),
      chain: async () => (peer === undefined ? 0 : chainRate(peer.chain, signed, log.size)),
      verifiedChain: async () => (peer === undefined ? 0 : chainRate(peer.chain, signed, log.size, raw)),
    });
    await pool.close();
    await raw.close();
    report(context, sizeName(log.size), rates);
  },
};

type Rates = Record<"verified" | "whole" | "limit" | "chain" | "verifiedChain", number>;

function report({ report: take, peer, runs, threads }: Context, size: string, rates: Rates): void {
  const limit = { name: `verification alone, ${threads} threads`, value: rates.limit };
  const common = { measure: "statements/s", runs, limit } as const;
  const beside = (name: string, value: number) =>
    peer === undefined ? {} : { peer: { name: `${peer.version}, ${name}`, value } };
  const ours = rates.verified;
  const what = `verified, decided, durable, at ${size}`;
  take({ ...common, what, ours, ...beside("chain, verified", rates.verifiedChain), aim: "≥ 60 %" });
  if (peer !== undefined) take({ ...common, what, ours, ...beside("chain, unverified", rates.chain) });
  take({ ...common, what: `drafted, signed, projected too, at ${size}`, ours: rates.whole, aim: "≥ 40 %" });
}

async function verifiedRate(
  folder: string,
  pool: VerificationPool,
  signed: readonly SignedStatement[],
): Promise<number> {
  const log = openLog(folder, pool, { projected: false });
  await submitAll(log, batchesOf(signed.slice(0, warm), batch));
  const seconds = await secondsOf(() => submitAll(log, batchesOf(signed.slice(warm), batch)));
  await log.close();
  return (signed.length - warm) / seconds;
}

async function wholeRate(
  { source }: Context,
  folder: string,
  pool: VerificationPool,
  { studies }: GrownLog,
  handles: readonly string[],
): Promise<number> {
  const log = openLog(folder, pool);
  const all = async (from: number, to: number) => {
    await submitAll(log, source.signed(studies + from, handles.slice(from, to)));
    await log.projector.caughtUp(log.store.head().edge.size);
  };
  await all(0, warm);
  const seconds = await secondsOf(() => all(warm, handles.length));
  await log.close();
  return (handles.length - warm) / seconds;
}

async function limitRate(raw: RawVerification, count: number): Promise<number> {
  return count / (await secondsOf(() => raw.verify(0, count)));
}

// With `raw`, signatures are verified a few batches ahead of the chain, as our replica does.
async function chainRate(
  chain: HashChain,
  signed: readonly SignedStatement[],
  size: number,
  raw?: RawVerification,
): Promise<number> {
  const batches = [...batchesOf(signed, batch)];
  const verified = (at: number) => raw?.verify(at * batch, Math.min((at + 1) * batch, signed.length));
  const append = async (first: number, end: number) => {
    const ahead = [verified(first), verified(first + 1), verified(first + 2)];
    for (let at = first; at < end; at++) {
      await ahead.shift();
      if (at + 3 < end) ahead.push(verified(at + 3));
      await chain.append(batches[at] ?? []);
    }
  };
  await append(0, warm / batch);
  const seconds = await secondsOf(() => append(warm / batch, batches.length));
  await chain.cut(size);
  return (signed.length - warm) / seconds;
}

// Statements of other ids and the same length stand for the chain's history: what they say does not matter to it.
async function grow(chain: HashChain, size: number, signed: readonly SignedStatement[]): Promise<void> {
  while (chain.size < size) {
    const ids = freshHandles(2 * Math.min(batch, size - chain.size));
    const rows = Array.from({ length: ids.length / 2 }, (_, at) => ({
      id: `${ids[2 * at]}${ids[2 * at + 1]}`,
      bytes: (signed[at] as SignedStatement).bytes,
    }));
    await chain.append(rows);
  }
}
