// Marks of released objects: there after a start, in a copy, and put aside when their file is damaged.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openReleasedMarks } from "./released-marks.ts";

const [one, other] = ["a".repeat(64), "b".repeat(64)];

function marksFile() {
  const folder = mkdtempSync(join(tmpdir(), "released-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "released.db");
}

function open(path: string) {
  const marks = openReleasedMarks(path);
  onTestFinished(marks.close);
  return marks;
}

test("there is no file before the first, and they are there after a start", () => {
  const path = marksFile();
  const marks = open(path);
  expect([marks.has(one), existsSync(path)]).toEqual([false, false]);
  marks.remove([one]);
  expect(existsSync(path)).toBe(false);
  marks.add([one, other, one]);
  marks.remove([other]);
  marks.close();
  const again = open(path);
  expect([one, other].map(again.has)).toEqual([true, false]);
});

test("a copy of them is one", async () => {
  const path = marksFile();
  const marks = open(path);
  const copy = `${path}.copy`;
  await marks.backUp(copy);
  expect(existsSync(copy)).toBe(false);
  marks.add([one]);
  await marks.backUp(copy);
  expect(open(copy).has(one)).toBe(true);
});

test("a file that is damaged is put aside, and none stays marked", () => {
  const path = marksFile();
  writeFileSync(path, "no database ".repeat(100));
  const marks = open(path);
  expect([marks.has(one), existsSync(`${path}.damaged`)]).toEqual([false, true]);
  marks.add([one]);
  expect(marks.has(one)).toBe(true);
});
