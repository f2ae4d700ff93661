import type { FoundPlace } from "@fiducial/api";
import { expect, test } from "vitest";
import { addressOf, placeMeant, typedEntry } from "./search.ts";

const entry = { type: "entry", entry: { index: 4 } } as FoundPlace;
const object = { statementId: "ab".repeat(32), item: 3 };
const study = { type: "study", study: { study: "1".repeat(32) } } as FoundPlace;
const ofObject = { ...study, object } as FoundPlace;

test("what was found alone is meant, and the study of an object before the entries about it", () => {
  expect(placeMeant([entry])).toBe(entry);
  expect(placeMeant([study])).toBe(study);
  expect(placeMeant([entry, ofObject])).toBe(ofObject);
  expect(placeMeant([entry, study])).toBeUndefined();
  expect(placeMeant([ofObject, ofObject])).toBeUndefined();
  expect(placeMeant([])).toBeUndefined();
});

test("an object is shown in its study", () => {
  expect(addressOf(ofObject)).toMatchObject({ search: { statement: object.statementId, item: 3 } });
  expect(addressOf(study)).toMatchObject({ params: { study: "1".repeat(32) }, search: {} });
});

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
