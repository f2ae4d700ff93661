import { expect, test } from "vitest";
import { findingsText } from "./findings-text.ts";

test("a file that could not be read is unknown, and the reason is told, as the command does", () => {
  const finding = { found: "unreadable", name: "notes.txt", sizeBytes: 44, code: "NOT_DICOM", place: {} } as const;
  const { findings } = JSON.parse(findingsText([finding], "2026-01-01T00:00:00.000Z")) as { findings: unknown };
  expect(findings).toEqual([{ name: "notes.txt", sizeBytes: 44, verdict: "unknown", reason: "NOT_DICOM" }]);
});
