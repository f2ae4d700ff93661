// `npm test`: every tier in order, a line for each, and the counts last and alone. See scripts/test/options.ts.

import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AllowedSkip, judgeSkips, parseAllowedSkips } from "./test/allowed-skips.ts";
import { buildGoTools } from "./test/go-tools.ts";
import { installPackages } from "./test/install.ts";
import { parseOptions, type TestOptions, usage } from "./test/options.ts";
import { fullName, type Outcome, summaryLine, tally } from "./test/outcome.ts";
import { stopPrograms } from "./test/process.ts";
import { chooseTiers, type Tier, tiers } from "./test/tiers.ts";

const root = join(import.meta.dirname, "..");
const ci = !["", "0", "false"].includes(process.env["CI"] ?? "");

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    stopPrograms(signal);
    process.exit(1);
  });
}
process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return 2;
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const allowed = ci ? allowedSkips() : undefined;
  const chosen = chooseTiers(options, root);
  console.log(`seed ${options.seed} (repeat with --seed ${options.seed})`);
  const outcomes = await runTiers(chosen, options);
  const everything = !options.quick && options.only.length === 0;
  const judged = allowed === undefined ? { outcomes, unmatched: [] } : judgeSkips(outcomes, allowed);
  reportExceptions(judged.outcomes, everything ? judged.unmatched : []);
  const counts = tally(judged.outcomes);
  if (judged.outcomes.length === 0) console.log("no test ran");
  console.log(summaryLine(counts));
  return counts.failed === 0 && judged.outcomes.length > 0 ? 0 : 1;
}

/** Runs the tiers one after the other; the Go programs are built meanwhile and awaited where they are needed. */
async function runTiers(chosen: readonly Tier[], options: TestOptions): Promise<Outcome[]> {
  await timed("install", async () => ({ text: await installPackages(chosen) }));
  const goUser = chosen.find(({ name }) => name === "conformance" || name === "network");
  const building = goUser === undefined ? Promise.resolve([]) : buildGoTools(join(root, "conformance")).catch(sentence);
  const outcomes: Outcome[] = [];
  for (const tier of chosen) {
    if (tier === goUser) await reportTools(building);
    outcomes.push(...(await timed(tier.name, () => runTier(tier, options))).outcomes);
  }
  return outcomes;
}

async function runTier(tier: Tier, options: TestOptions): Promise<{ text: string; outcomes: Outcome[] }> {
  const outcomes = await tier.run(options, root);
  const { passed, failed, skipped } = tally(outcomes);
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return { text: parts.join(", "), outcomes };
}

/** The seconds are those the run had to wait for; there is no line when everything had been built before. */
async function reportTools(building: Promise<string[]>): Promise<void> {
  const start = performance.now();
  const lines = await building;
  if (lines.length > 0) printLine("Go tools", performance.now() - start, lines.join("; "));
}

/** Does one tier's work and prints its line when it is done. */
async function timed<T extends { text: string }>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`${name} …\r`);
  const done = await work();
  printLine(name, performance.now() - start, done.text);
  return done;
}

function printLine(name: string, elapsedMs: number, text: string): void {
  console.log(`${name.padEnd(12)} ${(elapsedMs / 1000).toFixed(1).padStart(7)} s  ${text}`);
}

/** Lists what failed and what was skipped and why, and permissions that no test needed: a long run scrolls away. */
function reportExceptions(outcomes: readonly Outcome[], unmatched: readonly AllowedSkip[]): void {
  for (const state of ["skipped", "failed"] as const) {
    for (const outcome of outcomes.filter((each) => each.state === state)) {
      const reason = outcome.reason ?? (state === "skipped" ? "no reason given" : undefined);
      console.log(`${state} ${fullName(outcome)}${reason === undefined ? "" : `: ${reason}`}`);
    }
  }
  for (const { name } of unmatched) console.log(`conformance/allowed-skips.json: no skipped test is called '${name}'`);
}

function allowedSkips(): AllowedSkip[] {
  const file = join(root, "conformance", "allowed-skips.json");
  return existsSync(file) ? parseAllowedSkips(readFileSync(file, "utf8")) : [];
}

function readOptions(): TestOptions | undefined {
  try {
    return parseOptions(
      process.argv.slice(2),
      tiers.map(({ name }) => name),
      randomInt(2 ** 31),
    );
  } catch (error) {
    process.stderr.write(`npm test: ${(error as Error).message}\n`);
    return undefined;
  }
}

/** What kept the Go programs from being built is said in their line; the tests that need them say the rest. */
function sentence(error: Error): string[] {
  return [`not built: ${error.message}`];
}
