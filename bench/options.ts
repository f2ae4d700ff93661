// The command line of `npm run bench`.
import { parseArgs } from "node:util";

/** What a run was asked to do. `sizes` are entries already in a log; `only` is empty for every bench. */
export interface BenchOptions {
  readonly json: boolean;
  readonly quick: boolean;
  readonly help: boolean;
  readonly only: readonly string[];
  readonly sizes: readonly number[];
}

const units: Readonly<Record<string, number>> = { "": 1, k: 1000, M: 1_000_000 };

/** The text that `--help` prints. */
export function usage(names: readonly string[]): string {
  return `npm run bench [-- OPTION...]

Measures this project beside its peers and beside the limits of this machine. It reports and never judges.

  --only NAME      this bench only; may be repeated: ${names.join(", ")}
  --sizes LIST     entries already in the log, as 10k,100k,1M (what is measured unless told)
  --quick          small sizes and one run: shows that everything works, not how fast it is
  --json           one JSON document instead of the table
  --help           this text

Quote no figure that was taken on a busy machine: the load is printed beside each.
`;
}

/** Reads the arguments. Throws with a sentence for the user when one is unknown or out of range. */
export function parseOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      sizes: { type: "string" },
    },
  });
  const unknown = values.only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`no bench is called '${unknown}'; there are ${names.join(", ")}`);
  const sizes = (values.sizes ?? (values.quick ? "1k,2k" : "10k,100k,1M")).split(",").map(sizeOf);
  return { ...values, sizes: [...new Set(sizes)].sort((a, b) => a - b) };
}

/** Writes a size as it is given: 10k, 1M. */
export function sizeName(size: number): string {
  if (size % 1_000_000 === 0) return `${size / 1_000_000}M`;
  return size % 1000 === 0 ? `${size / 1000}k` : String(size);
}

function sizeOf(text: string): number {
  const [, digits, unit] = /^(\d{1,9})([kM]?)$/.exec(text) ?? [];
  const size = Number(digits) * (units[unit ?? ""] ?? Number.NaN);
  if (!(size >= 100)) throw new Error("--sizes takes numbers of entries from 100 on, as 10k,100k,1M");
  return size;
}
