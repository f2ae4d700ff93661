import { expect, test } from "vitest";
import { auditLine, type IntakeState, intakeLine } from "./progress-line.ts";

const state: IntakeState = { done: 300, total: 1200, refused: 0, bytes: 60_000_000, studies: 0, elapsedMs: 6000 };

test("an intake shows files, speed, studies, refusals and the time left", () => {
  expect(intakeLine(state, 200)).toBe("█████░░░░░░░░░░░░░░░ 300 of 1,200 files · 10.0 MB/s · about 18 s left");
  expect(intakeLine({ ...state, studies: 2, refused: 1 }, 200)).toContain("2 studies · 1 refused");
  expect(intakeLine({ ...state, done: 1200 }, 200)).toContain("registering");
});

test("the time left is told only when there is something to go by", () => {
  for (const change of [{ elapsedMs: 4900 }, { done: 50 }, { total: undefined }])
    expect(intakeLine({ ...state, ...change }, 200)).not.toContain("left");
});

test("without a known end there is no bar", () => {
  expect(intakeLine({ ...state, total: undefined, elapsedMs: 100 }, 200)).toBe("300 files");
});

test("a line fits the terminal", () => {
  expect(intakeLine(state, 30)).toHaveLength(29);
  expect(auditLine(1, 2, 20)).toHaveLength(19);
  expect(auditLine(1024, 2048, 200)).toBe("██████████░░░░░░░░░░ 1,024 of 2,048 entries and objects");
});
