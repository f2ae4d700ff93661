import { expect, test } from "vitest";
import { typedEntry } from "./search.ts";

test.each([
  ["# 48103", 48_103],
  ["#0", 0],
  ["Entry 12", 12],
  ["Eintrag 12", 12],
  ["48103", undefined],
  ["# x", undefined],
  ["entry", undefined],
  ["#1234567890123456", undefined],
])("%j", (typed, meant) => {
  expect(typedEntry(typed)).toBe(meant);
});
