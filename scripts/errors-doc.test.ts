import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { advice } from "./errors/advice.ts";
import { codeSections, codeSources } from "./errors/code-sources.ts";
import { errorPage } from "./errors/error-page.ts";
import { codesOfTwoMeanings } from "./errors/shared-codes.ts";

const root = join(import.meta.dirname, "..");
const tableName = /^export const (\w+(?:Errors|Faults|Findings|Refusals|Problems|Notes))\b(?! *: *readonly| *= *\[)/gm;

test("no code means two things", () => {
  expect(codesOfTwoMeanings(codeSources)).toEqual([]);
});

test("a code in two tables is named, and so is a shared one that is in one table only", () => {
  const table = (name: string, ...codes: string[]) => ({
    section: "node",
    file: `${name}.ts`,
    table: name,
    codes: Object.fromEntries(codes.map((code) => [code, "A sentence."])),
  });
  const sources = [table("one", "A", "B", "C"), table("two", "B", "C")];
  expect(codesOfTwoMeanings(sources, { C: "Both." })).toEqual([
    "B stands in one and two: rename one, or say what both mean",
  ]);
  expect(codesOfTwoMeanings(sources, { A: "One.", B: "Both.", C: "Both." })).toEqual([
    "A is no longer in several tables: take it off scripts/errors/shared-codes.ts",
  ]);
});

test("every table of codes in the sources is on the page", () => {
  const files = globSync("{packages,apps}/*/src/**/*.ts", { cwd: root, exclude: ["**/node_modules/**"] });
  const tables = files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(tableName)].map(([, name]) => name as string),
  );
  expect(tables.sort()).toEqual(codeSources.map(({ table }) => table).sort());
});

test("every code has its anchor once, and every table a section", () => {
  const page = errorPage(codeSources);
  const codes = new Set(codeSources.flatMap((source) => Object.keys(source.codes)));
  for (const code of codes) expect(page.split(`<a id="${code}"></a>`), code).toHaveLength(2);
  expect(new Set(codeSources.map(({ section }) => section))).toEqual(new Set(Object.keys(codeSections)));
});

test("advice is given for codes whose sentences give none", () => {
  const page = errorPage(codeSources);
  const unused = Object.entries(advice).filter(
    ([code, todo]) => !page.includes(`\`${code}\` | `) || !page.includes(todo),
  );
  expect(unused).toEqual([]);
});
