import type { FoundPlace } from "@fiducial/api";
import { expect, test } from "vitest";
import { foundBy, rememberFound } from "./found-by.ts";

const [one, two] = ["1".repeat(32), "2".repeat(32)] as const;
const history = (study: string): FoundPlace => ({
  type: "history",
  history: { study, index: 1, registeredAt: "2026-01-01T00:00:00.000Z", modalities: ["CT"] },
});

test("what led to a history is remembered until the next search, and no longer after one that found nothing", () => {
  rememberFound([history(one), history(two)], "26-1");
  expect([foundBy(one), foundBy(two)]).toEqual([
    { by: "accession", text: "26-1" },
    { by: "accession", text: "26-1" },
  ]);
  rememberFound([history(one)], "2.25.7");
  expect([foundBy(one), foundBy(two)]).toEqual([{ by: "uid", text: "2.25.7" }, undefined]);
  rememberFound([], "26-2");
  expect(foundBy(one)).toBe(undefined);
});

test("a handle that was typed is the title's already", () => {
  rememberFound([history(one)], one);
  expect(foundBy(one)).toBe(undefined);
});
