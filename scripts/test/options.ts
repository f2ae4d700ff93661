// The command line of `npm test`.

import { parseArgs } from "node:util";

/** What a run was asked to do; `seed` is drawn afresh unless given, `only` is empty for every tier. */
export interface TestOptions {
  quick: boolean;
  long: boolean;
  help: boolean;
  seed: number;
  only: string[];
}

/** The text that `--help` prints. */
export const usage: string = `npm test [-- OPTION...]

Runs every tier in order and prints, last and alone, "N passed, N failed, N skipped".

  --quick       static and unit checks and one story in the browser (under 2 minutes)
  --only TIER   this tier only; may be repeated: static, unit, faults, conformance, browser, network
  --long        soak tests and large counts as well
  --seed N      repeat a run whose property tests drew from this seed (a whole number below 2^31)
  --help        this text

With CI set, a skipped test fails unless conformance/allowed-skips.json names it.
`;

/** Reads the arguments. Throws with a sentence for the user when one is unknown or out of range. */
export function parseOptions(args: readonly string[], tierNames: readonly string[], freshSeed: number): TestOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      long: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      seed: { type: "string", default: String(freshSeed) },
    },
  });
  const unknown = values.only.find((name) => !tierNames.includes(name));
  if (unknown !== undefined) throw new Error(`no tier is called '${unknown}'; there are ${tierNames.join(", ")}`);
  if (!/^\d{1,10}$/.test(values.seed) || Number(values.seed) >= 2 ** 31)
    throw new Error("--seed takes a whole number below 2^31");
  if (values.quick && values.only.length > 0) throw new Error("--quick and --only exclude each other");
  return { ...values, seed: Number(values.seed) };
}
