import { expect, test } from "vitest";
import { comparedWith, type Verified } from "./verdict-lines.ts";

const transcoded: Verified = {
  verdict: "same-pixels",
  harmless: true,
  differences: ["FILE", "FRAMES"],
  changedAttributes: [],
};
const change = { path: "0008,0054", keyword: "RetrieveAETitle", change: "added", class: "coercible" } as const;

test("where nothing changed, nothing is said to be harmless", () => {
  expect(comparedWith(transcoded)).toMatch(/no attribute changed\.$/);
});

test("what changed is said to be harmless, one or several", () => {
  expect(comparedWith({ ...transcoded, changedAttributes: [change] })).toMatch(/1 attribute changed, harmlessly\.$/);
  const changedAttributes = [change, { ...change, path: "0008,0056" }];
  expect(comparedWith({ ...transcoded, changedAttributes })).toMatch(/2 attributes changed, all of them harmless\.$/);
});
