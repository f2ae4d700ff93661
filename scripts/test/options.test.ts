import { expect, test } from "vitest";
import { parseOptions, usage } from "./options.ts";

const names = ["static", "unit", "faults"];
const parse = (...args: string[]) => parseOptions(args, names, 7);

test("runs everything on a fresh seed when nothing is asked", () => {
  expect(parse()).toEqual({ quick: false, long: false, help: false, only: [], seed: 7 });
});

test("takes a seed, and tiers more than once", () => {
  expect(parse("--seed", "42", "--only", "unit", "--only", "faults")).toMatchObject({
    seed: 42,
    only: ["unit", "faults"],
  });
});

test.each([
  ["an unknown option", ["--fast"]],
  ["an unknown tier", ["--only", "units"]],
  ["a seed that is no number", ["--seed", "x"]],
  ["a seed beyond 31 bits", ["--seed", "2147483648"]],
  ["a stray word", ["unit"]],
  ["--quick with --only", ["--quick", "--only", "unit"]],
])("refuses %s", (_title, args) => {
  expect(() => parse(...args)).toThrow();
});

test("the help names every option it takes", () => {
  for (const option of ["--quick", "--only", "--long", "--seed", "--help"]) expect(usage).toContain(option);
});
