// Figures are written so that nobody misreads them.
import { expect, test } from "vitest";
import type { Machine } from "./machine.ts";
import { reportText } from "./table.ts";

const machine = {
  processor: "one",
  threads: 2,
  memoryGiB: 1,
  node: "v24",
  platform: "linux",
  load: 0,
} as unknown as Machine;

test.each([
  [0.0393, "0.0393"],
  [1.5, "1.50"],
  [999.6, "1,000"],
  [1_234_567, "1,234,567"],
])("%d is written as %s", (ours, text) => {
  const report = reportText(machine, [{ bench: "b", what: "w", measure: "ms", ours, runs: 1, load: 0 }], []);
  expect(
    report
      .split("\n")
      .find((line) => line.startsWith("  w"))
      ?.split(/\s+/)[2],
  ).toBe(text);
});
