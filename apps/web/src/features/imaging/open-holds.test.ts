// The holds that a study's history leaves, in whatever order it comes.
import { expect, test } from "vitest";
import { openHolds } from "./study-acts.tsx";

test("a hold is there from its entry until that of its release", () => {
  const at = (index: number, verb: "placed" | "released", hold: string) => ({
    index,
    kind: `imaging.hold.${verb}`,
    open: { hold },
  });
  expect(openHolds([at(5, "released", "a"), at(3, "placed", "b"), at(2, "placed", "a")])).toEqual(["b"]);
  expect(openHolds([at(9, "placed", "a"), at(5, "released", "a"), at(2, "placed", "a")])).toEqual(["a"]);
  expect(openHolds([])).toEqual([]);
});
