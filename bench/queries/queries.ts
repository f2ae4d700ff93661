// How long readers wait: inclusion proofs, a study's history, a search by accession number, a page of the log. Each from cold objects, warm disk.
import { parseEntry } from "@fiducial/core";
import { logReader } from "@fiducial/ledger";
import type { Vault } from "@fiducial/vault";
import type { LogBench } from "../context.ts";
import type { GrownLog } from "../log/grown-log.ts";
import { type OpenedLog, openLog } from "../log/opened-log.ts";
import { unverifiedPool } from "../log/unverified-pool.ts";
import { sizeName } from "../options.ts";
import { latencies, percentile } from "../runs.ts";

/** Enough for a 95th percentile that means something. */
const questions = 2000;

export const queries: LogBench = {
  name: "queries",
  run: async (context, grown) => {
    const log = openLog(grown.folder, unverifiedPool);
    const vault = await grown.openVault();
    const count = context.quick ? 100 : questions;
    for (const [what, ask] of Object.entries(readers(log, vault, grown))) {
      const taken = latencies(count, ask);
      for (const percent of [50, 95])
        context.report({
          what: `${what}, p${percent}, at ${sizeName(grown.size)}`,
          measure: "ms",
          ours: percentile(taken, percent),
          runs: count,
          ...(percent === 95 ? { aim: "< 10 ms" } : {}),
        });
    }
    await vault.close();
    await log.close();
  },
};

function readers(
  { store, projection, replica }: OpenedLog,
  vault: Vault,
  { size, studies }: GrownLog,
): Readonly<Record<string, (turn: number) => unknown>> {
  const reader = logReader(store);
  const { size: treeSize } = replica.head();
  const entriesOf = (indexes: readonly number[]) => indexes.map((index) => parseEntry(reader.entry(index)));
  return {
    "inclusion proof": (turn) => reader.proveInclusion(scattered(turn, size), treeSize),
    "study history": (turn) => {
      const study = studyAt(store.entry(size - 1 - scattered(turn, studies)));
      return entriesOf(projection.imaging.history(study));
    },
    "search by accession": (turn) => {
      const found = vault.findStudies({ label: "accession", value: `A${scattered(turn, studies)}` });
      return found.map(({ study }) => entriesOf([projection.imaging.study(study)?.index ?? 0]));
    },
    "newest entries of a kind": () =>
      entriesOf(projection.log.entries({ limit: 50, kind: "imaging.study.registered" })),
  };
}

// Spreads questions over the whole log without a pattern that a cache could follow.
function scattered(turn: number, below: number): number {
  return (turn * 2_654_435_761) % below;
}

function studyAt(bytes: Uint8Array | undefined): string {
  return String(bytes && parseEntry(bytes)?.statement.content.open["study"]);
}
