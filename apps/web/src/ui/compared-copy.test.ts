import { expect, test } from "vitest";
import { countedClasses } from "./compared-copy.tsx";

test("attributes are counted by class: identity, geometry, others, private ones among those", () => {
  expect(countedClasses(["00100010", "00100020", "00280030", "00081030", "00111010"])).toEqual([
    ["identity", 2],
    ["geometry", 1],
    ["other", 2],
  ]);
  expect(countedClasses([])).toEqual([]);
});
