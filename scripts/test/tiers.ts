// The tiers of `npm test`: which files belong to each, what the machine must have, and how each is run.

import { existsSync, globSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestOptions } from "./options.ts";
import { type Outcome, readOutcomes } from "./outcome.ts";
import { run } from "./process.ts";
import { runStaticChecks } from "./static.ts";

/** A runner that takes longer hangs, or its tests time out one after the other; what it has reported by then counts. */
const limitMinutes = 15;
const longLimitMinutes = 600;

/** A group of tests that run together. One whose `files` match nothing does not exist yet and is not listed. */
export interface Tier {
  name: string;
  files: readonly string[];
  /** Debian packages its tests use; absent ones are installed first. */
  packages: readonly string[];
  run: (options: TestOptions, root: string) => Promise<Outcome[]>;
}

/** Every tier, in the order in which they run: what fails soonest and costs least comes first. */
export const tiers: readonly Tier[] = [
  { name: "static", files: ["package.json"], packages: [], run: (_options, root) => runStaticChecks(root) },
  vitestTier("unit", ["{packages,apps}/**/*.test.{ts,tsx}", "{scripts,bench}/**/*.test.ts"], ["python3-pydicom"]),
  vitestTier("faults", ["{packages,apps}/**/*.faults.ts"], ["strace"]),
  vitestTier(
    "conformance",
    ["conformance/**/*.test.ts"],
    ["dcmtk", "default-jdk-headless", "dicom3tools", "maven", "orthanc", "orthanc-dicomweb", "python3-pydicom"],
  ),
  { name: "browser", files: ["e2e/**/*.spec.ts"], packages: ["chromium"], run: runPlaywright },
  vitestTier("network", ["e2e/network/**/*.test.ts"], []),
];

/** Returns the tiers that a run with these options consists of. */
export function chooseTiers(options: TestOptions, root: string): Tier[] {
  const quick = ["static", "unit", ...(filesOf("e2e/**/*.spec.ts", root).length > 0 ? ["browser"] : [])];
  const wanted = options.quick ? quick : options.only;
  const chosen = wanted.length === 0 ? tiers : tiers.filter(({ name }) => wanted.includes(name));
  return chosen.filter(({ files }) => files.some((pattern) => filesOf(pattern, root).length > 0));
}

function vitestTier(name: string, files: readonly string[], packages: readonly string[]): Tier {
  const cli = "node_modules/vitest/vitest.mjs";
  const args = ["run", "--project", name, "--allowOnly=false", "--reporter=./scripts/test/vitest-reporter.ts"];
  return { name, files, packages, run: (options, root) => runRunner(name, [cli, ...args], options, root) };
}

/** Of the quick run, the browser has the stories tagged `@quick` only. */
function runPlaywright(options: TestOptions, root: string): Promise<Outcome[]> {
  const cli = "node_modules/@playwright/test/cli.js";
  const args = ["test", "--forbid-only", "--reporter=./scripts/test/playwright-reporter.ts"];
  const quick = options.quick ? ["--grep", "@quick", "--pass-with-no-tests"] : [];
  return runRunner("browser", [cli, ...args, ...quick], options, root);
}

/** Runs a test runner with its failures on the terminal and reads what its reporter wrote. */
async function runRunner(
  name: string,
  args: readonly string[],
  options: TestOptions,
  root: string,
): Promise<Outcome[]> {
  const file = join(root, "build", "test", `${name}.json`);
  rmSync(file, { force: true });
  const env = {
    FIDUCIAL_OUTCOMES: file,
    FIDUCIAL_SEED: String(options.seed),
    FIDUCIAL_LONG: options.long ? "1" : "0",
  };
  const minutes = options.long ? longLimitMinutes : limitMinutes;
  const { code, stopped } = await run(process.execPath, args, {
    cwd: root,
    env,
    show: true,
    limitMs: minutes * 60_000,
  });
  const reported = existsSync(file);
  const outcomes = reported ? readOutcomes(file) : [];
  if (code === 0 && reported) return outcomes;
  if (code === 1 && outcomes.some(({ state }) => state === "failed")) return outcomes;
  const how = stopped ? `was stopped after ${minutes} minutes` : `ended with exit code ${code}`;
  return [...outcomes, { file: "", name: `the ${name} runner ${how}`, state: "failed" }];
}

function filesOf(pattern: string, root: string): string[] {
  return globSync(pattern, { cwd: root, exclude: ["**/node_modules/**", "build/**"] });
}
