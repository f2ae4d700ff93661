import { expect, test } from "vitest";
import config from "../dependency-cruiser.config.ts";
import { importRuleLines } from "./documents/import-rules.ts";
import { withRegion } from "./documents/region.ts";

test("each rule is in a table once, floors and folders with what they may import", () => {
  const lines = importRuleLines(config.forbidden, (workspace) => !workspace.startsWith("packages/ordering"));
  expect(lines.filter((line) => line.startsWith("| ")).length).toBe(config.forbidden.length + 3);
  expect(lines).toContain("| `packages/core` | nothing |");
  expect(lines).toContain("| `packages/ledger` | `packages/core`, `packages/contract` |");
  expect(lines).toContain(
    "| packages/ordering-… (not there yet) | `packages/core`, `packages/contract`, `packages/ledger` |",
  );
  expect(lines).toContain("| `receipt` | every folder |");
  expect(lines).toContain("| no-cycles | Put the shared type below its users. |");
  expect(lines.join("\n")).not.toContain("undefined");
});

test("a part of a page is replaced between its marks, and nothing else", () => {
  const page = "before\n<!-- rules: made by a script. -->\nold\n<!-- end of rules -->\nafter\n";
  expect(withRegion(page, "rules", ["new"])).toBe(
    "before\n<!-- rules: made by a script. -->\n\nnew\n\n<!-- end of rules -->\nafter\n",
  );
  expect(withRegion(withRegion(page, "rules", ["new"]), "rules", ["new"])).toBe(withRegion(page, "rules", ["new"]));
});

test("a page without the marks is an error", () => {
  for (const page of ["", "<!-- rules: -->\n", "<!-- end of rules -->\n"])
    expect(() => withRegion(page, "rules", [])).toThrow();
});
