import { expect, test } from "vitest";
import { fullName, type Outcome, summaryLine, tally } from "./outcome.ts";

const outcome = (state: Outcome["state"], name = "adds"): Outcome => ({ file: "a.test.ts", name, state });

test("counts each outcome once, by its state", () => {
  const outcomes = [outcome("passed"), outcome("failed"), outcome("passed"), outcome("skipped"), outcome("passed")];
  expect(tally(outcomes)).toEqual({ passed: 3, failed: 1, skipped: 1 });
});

test("counts nothing in an empty run", () => {
  expect(summaryLine(tally([]))).toBe("0 passed, 0 failed, 0 skipped");
});

test("writes the line that continuous integration reads", () => {
  expect(summaryLine({ passed: 1204, failed: 0, skipped: 3 })).toBe("1204 passed, 0 failed, 3 skipped");
});

test("names a test by its file and its suites", () => {
  expect(fullName(outcome("passed", "sum > adds"))).toBe("a.test.ts > sum > adds");
  expect(fullName({ file: "", name: "the runner crashed", state: "failed" })).toBe("the runner crashed");
});
