import { expect, test } from "vitest";
import { type AllowedSkip, judgeSkips, parseAllowedSkips } from "./allowed-skips.ts";
import { type Outcome, tally } from "./outcome.ts";

const skipped = (name: string): Outcome => ({ file: "a.test.ts", name, state: "skipped" });
const permission = (name: string): AllowedSkip => ({ name, reason: "needs a scanner", date: "2026-11-22" });

test("a skip without permission is a failure, and the sum stays the same", () => {
  const { outcomes } = judgeSkips([skipped("reads"), { file: "a.test.ts", name: "writes", state: "passed" }], []);
  expect(tally(outcomes)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test("a permitted skip stays a skip and takes the permission's reason", () => {
  const { outcomes, unmatched } = judgeSkips([skipped("reads")], [permission("a.test.ts > reads")]);
  expect(outcomes).toEqual([{ ...skipped("reads"), reason: "needs a scanner" }]);
  expect(unmatched).toEqual([]);
});

test("a permission is for one test unless it ends with a star", () => {
  const both = [skipped("store > reads"), skipped("store > reads twice")];
  expect(tally(judgeSkips(both, [permission("a.test.ts > store > reads")]).outcomes).failed).toBe(1);
  expect(tally(judgeSkips(both, [permission("a.test.ts > store > *")]).outcomes).failed).toBe(0);
});

test("a permission that no skipped test needs is reported, also when the test now passes", () => {
  const passed: Outcome = { file: "a.test.ts", name: "reads", state: "passed" };
  const stale = permission("a.test.ts > reads");
  expect(judgeSkips([passed], [stale]).unmatched).toEqual([stale]);
});

test("reads entries with name, reason and date", () => {
  expect(parseAllowedSkips(JSON.stringify([permission("x")]))).toEqual([permission("x")]);
});

test.each([
  ["no array", {}],
  ["no name", [{ reason: "r", date: "2026-11-22" }]],
  ["an empty reason", [{ name: "n", reason: " ", date: "2026-11-22" }]],
  ["no date", [{ name: "n", reason: "r" }]],
  ["a date of another form", [{ name: "n", reason: "r", date: "22.11.2026" }]],
  ["a day that does not exist", [{ name: "n", reason: "r", date: "2026-02-30" }]],
  ["an unknown member", [{ name: "n", reason: "r", date: "2026-11-22", until: "2027-01-01" }]],
  ["an entry that is no object", ["n"]],
])("refuses %s", (_title, entries) => {
  expect(() => parseAllowedSkips(JSON.stringify(entries))).toThrow();
});
