// The page of kinds says which texts a field takes: by words that tell, or by the pattern, once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vocabulary } from "@fiducial/contract";
import { expect, test } from "vitest";

const page = readFileSync(join(import.meta.dirname, "../docs/kinds.md"), "utf8");
/** Patterns whose names on the page tell all of them. */
const told = ["^[0-9a-f]{32}$", "^[0-9a-f]{64}$", "^[A-Za-z0-9+/]{42}(?:[A-Za-z0-9+/]{44})?[AEIMQUYcgkosw048]=$"];

function patternsOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    name === "pattern" && typeof value === "string" ? [value] : patternsOf(value),
  );
}

// Times have a format besides, which the page puts into words.
const timeless = (schema: unknown) =>
  JSON.parse(JSON.stringify(schema, (_, value) => ("format" in Object(value) ? {} : value)));
const patterns = [...new Set(vocabulary().flatMap(({ open }) => patternsOf(timeless(open))))];

test("fields have patterns, and the page prints each once that its words do not tell", () => {
  const untold = patterns.filter((pattern) => !told.includes(pattern));
  expect(untold).toHaveLength(3);
  const counts = untold.map((pattern) => page.split(`\`${pattern.replaceAll("\\/", "/")}\``).length - 1);
  expect(counts).toEqual([1, 1, 1]);
});
