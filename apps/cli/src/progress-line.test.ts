import { expect, test } from "vitest";
import { auditLine, type IntakeState, intakeLine, verifyLine } from "./progress-line.ts";

const total = { files: 1200, bytes: 240_000_000 };
const state: IntakeState = { done: 300, total, refused: 0, read: 60_000_000, studies: 0, elapsedMs: 6000 };

test("an intake shows files, speed, studies, refusals and the time left", () => {
  expect(intakeLine(state, 200)).toBe(
    "█████░░░░░░░░░░░░░░░ 300 of 1,200 files · 60.0 MB of 240.0 MB · 10.0 MB/s · about 18 s left",
  );
  expect(intakeLine({ ...state, studies: 2, refused: 1 }, 200)).toContain("2 studies · 1 refused");
  expect(intakeLine({ ...state, done: 1200 }, 200)).toContain("registering");
});

test("the time left is told only when there is something to go by", () => {
  for (const change of [{ elapsedMs: 4900 }, { read: 10_000_000 }, { total: undefined }])
    expect(intakeLine({ ...state, ...change }, 200)).not.toContain("left");
});

test("without a known end there is no bar", () => {
  expect(intakeLine({ ...state, total: undefined, elapsedMs: 100 }, 200)).toBe("300 files · 60.0 MB");
});

test("one large file is told by its bytes, while it is read and while it is compared", () => {
  const one = { files: 1, bytes: 271_000_000 };
  const reading = { ...state, done: 0, total: one, read: 135_500_000 };
  expect(intakeLine(reading, 200)).toMatch(/^█{10}░{10} 0 of 1 file · 135\.5 MB of 271\.0 MB · .* left$/);
  expect(verifyLine(reading, 200)).toBe("██████████░░░░░░░░░░ 0 of 1 file verified · 135.5 MB of 271.0 MB");
  expect(verifyLine({ ...reading, read: 300_000_000 }, 200)).toBe(
    "████████████████████ 0 of 1 file verified · 271.0 MB of 271.0 MB · 29.0 MB compared",
  );
  expect(verifyLine({ done: 2, total: undefined, read: 0 }, 200)).toBe("2 files verified");
});

test("a line fits the terminal", () => {
  expect(intakeLine(state, 30)).toHaveLength(29);
  expect(auditLine(1, 2, 20)).toHaveLength(19);
  expect(auditLine(1024, 2048, 200)).toBe("██████████░░░░░░░░░░ 1,024 of 2,048 entries and objects");
});
