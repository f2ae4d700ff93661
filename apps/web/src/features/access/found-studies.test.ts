import type { FoundPlace } from "@fiducial/api";
import { expect, test } from "vitest";
import { studiesFound } from "./found-studies.ts";

const [a, b] = ["a".repeat(32), "b".repeat(32)];
const at = "2026-11-18T09:57:00Z";
const history = (study: string): FoundPlace => ({
  type: "history",
  history: { study, index: 1, registeredAt: at, modalities: ["CT"] },
});
const entry = (study: string | undefined) => ({ type: "entry", entry: { study, recordedAt: at } }) as FoundPlace;
const found = (places: readonly FoundPlace[], text: string) => studiesFound(places, text).map(({ study }) => study);

test("studies and histories are meant, and an entry only where an object was asked for, each study once", () => {
  expect(found([entry(a), history(b)], "4711")).toEqual([b]);
  expect(found([entry(a), history(b)], "2.25.4711")).toEqual([a, b]);
  expect(studiesFound([entry(a), history(a)], "2.25.4711")).toEqual([
    { study: a, index: 1, registeredAt: at, modalities: ["CT"] },
  ]);
  expect(found([entry(a)], "0F".repeat(32))).toEqual([a]);
  expect(found([entry(undefined)], "2.25.4711")).toEqual([]);
  expect(found([], "x")).toEqual([]);
});
