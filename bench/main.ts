// npm run bench: this project's figures beside its peers' and the machine's limits, in one run. It reports and never judges.
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./bundle/bundle.ts";
import type { Bench, Context, LogBench, NodeBench } from "./context.ts";
import { dicom, stow } from "./intake/dicom.ts";
import { load } from "./load/load.ts";
import { grownLog } from "./log/grown-log.ts";
import { statementSource } from "./log/statement-source.ts";
import { objects } from "./objects/objects.ts";
import { type BenchOptions, parseOptions, sizeName, usage } from "./options.ts";
import { grownNode } from "./pages/grown-node.ts";
import { http } from "./pages/http.ts";
import { page } from "./pages/page.ts";
import { startCluster } from "./postgres/cluster.ts";
import { hashChain } from "./postgres/hash-chain.ts";
import { queries } from "./queries/queries.ts";
import { receipts } from "./receipts/receipts.ts";
import type { Figure } from "./report/figure.ts";
import { load as loadAverage, machine } from "./report/machine.ts";
import { reportText } from "./report/table.ts";
import { start } from "./start/start.ts";
import { statements } from "./statements/statements.ts";
import { submissions } from "./submissions/submissions.ts";

const logBenches: readonly LogBench[] = [statements, queries, receipts, start];
const benches: readonly Bench[] = [objects, submissions, dicom, stow, load, bundle];
const nodeBenches: readonly NodeBench[] = [http, page];
const names = [...logBenches, ...nodeBenches, ...benches].map(({ name }) => name);

/** What a run has found so far. */
interface Findings {
  readonly figures: Figure[];
  readonly left: string[];
}

async function run(options: BenchOptions): Promise<void> {
  const found: Findings = { figures: [], left: [] };
  const measured = machine();
  const folder = mkdtempSync(join(tmpdir(), "fiducial-bench-"));
  const source = statementSource(availableParallelism());
  const cluster = wanted(options, statements) ? await startCluster() : undefined;
  const client = await cluster?.connect();
  try {
    const peer = client && cluster && { version: cluster.version, chain: await hashChain(client) };
    if (wanted(options, statements) && peer === undefined)
      found.left.push("the peer of statements: PostgreSQL is not installed (Debian package postgresql)");
    const base = { folder, quick: options.quick, runs: options.quick ? 1 : 3, threads: availableParallelism() };
    const contextOf = ({ name }: { readonly name: string }): Context => ({
      ...base,
      source,
      peer,
      report: (figure) => found.figures.push({ ...figure, bench: name, load: loadAverage() }),
      leaveOut: (what) => found.left.push(what),
    });
    await runAll(options, contextOf);
  } finally {
    await client?.end();
    await cluster?.stop();
    await source.close();
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ machine: measured, ...found }, undefined, 2)}\n`
      : reportText(measured, found.figures, found.left),
  );
}

type ContextOf = (bench: { readonly name: string }) => Context;

async function runAll(options: BenchOptions, contextOf: ContextOf): Promise<void> {
  const chosen = logBenches.filter((bench) => wanted(options, bench));
  const [first] = chosen;
  if (first !== undefined) {
    const { folder, source } = contextOf(first);
    const log = grownLog(join(folder, "log"), source);
    for (const size of options.sizes) {
      tell(`filling a log up to ${sizeName(size)} entries`);
      await log.grow(size);
      for (const bench of chosen) {
        tell(`${bench.name} at ${sizeName(size)}`);
        await bench.run(contextOf(bench), log);
      }
    }
  }
  await runOnNode(options, contextOf);
  for (const bench of benches.filter((each) => wanted(options, each))) {
    tell(bench.name);
    await bench.run(contextOf(bench));
  }
}

async function runOnNode(options: BenchOptions, contextOf: ContextOf): Promise<void> {
  const chosen = nodeBenches.filter((bench) => wanted(options, bench));
  const [first] = chosen;
  if (first === undefined) return;
  const node = grownNode(join(contextOf(first).folder, "node-of-pages"));
  for (const size of options.sizes) {
    tell(`filling a node up to ${sizeName(size)} studies`);
    await node.grow(size);
    for (const bench of chosen) {
      tell(`${bench.name} at ${sizeName(size)}`);
      await bench.run(contextOf(bench), node);
    }
  }
}

function wanted({ only }: BenchOptions, { name }: { readonly name: string }): boolean {
  return only.length === 0 || only.includes(name);
}

function tell(doing: string): void {
  process.stderr.write(`bench: ${doing}\n`);
}

function failed(thrown: unknown): never {
  process.stderr.write(`bench: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  process.exit(1);
}

try {
  const options = parseOptions(process.argv.slice(2), names);
  if (options.help) process.stdout.write(usage(names));
  else await run(options);
} catch (thrown) {
  failed(thrown);
}
