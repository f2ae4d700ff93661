import { expect, test } from "vitest";
import { readSearch } from "./search.ts";

test.each([
  ["48103", { what: "entry", index: 48_103 }],
  ["# 48103", { what: "entry", index: 48_103 }],
  ["Entry 12", { what: "entry", index: 12 }],
  ["1.2.840.10008.1.2", { what: "uid", uid: "1.2.840.10008.1.2" }],
  ["2.25.314159", { what: "uid", uid: "2.25.314159" }],
  ["26-118842", { what: "studies", words: "26-118842" }],
  ["1234567890", { what: "studies", words: "1234567890" }],
  [" knee ", { what: "studies", words: "knee" }],
  ["  ", { what: "nothing" }],
])("%j", (typed, meant) => {
  expect(readSearch(typed)).toEqual(meant);
});
