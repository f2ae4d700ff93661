// Codes: one table each, no code twice, and every kind's codes are among them.
import { describe, expect, test } from "vitest";
import { codeTables, findingOf, refusalOf } from "./codes.ts";
import { contracts } from "./versions/contracts.ts";

const tables = Object.values(codeTables);
const all = tables.flatMap(({ refusals, findings }) => [...Object.keys(refusals), ...Object.keys(findings)]);

describe("codes", () => {
  test("stand in one table, once", () => {
    expect(all.toSorted()).toEqual([...new Set(all)].sort());
  });

  test("are words in capitals, and say what they mean in whole sentences", () => {
    for (const { refusals, findings } of tables) {
      for (const [code, { says }] of [...Object.entries(refusals), ...Object.entries(findings)]) {
        expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
        expect(says, code).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  test("of every kind are in the tables, and every code is some kind's or the kernel's", () => {
    const kinds = contracts.flatMap((contract) => contract.kinds);
    const unknown = kinds.flatMap(({ refusals, findings }) => [
      ...refusals.filter((code) => refusalOf(code) === undefined),
      ...findings.filter((code) => findingOf(code) === undefined),
    ]);
    expect(unknown).toEqual([]);
    const used = new Set(kinds.flatMap(({ refusals, findings }) => [...refusals, ...findings]));
    const { kernel, ...applications } = codeTables;
    const own = Object.values(applications).flatMap(({ refusals, findings }) =>
      Object.keys({ ...refusals, ...findings }),
    );
    expect(own.filter((code) => !used.has(code))).toEqual([]);
    expect(Object.keys(kernel.refusals).length).toBeGreaterThan(20);
  });

  test("that nobody knows are undefined", () => {
    expect(refusalOf("NO_SUCH_CODE")).toBeUndefined();
    expect(findingOf("NO_SUCH_CODE")).toBeUndefined();
    expect(refusalOf("constructor")).toBeUndefined();
  });
});
