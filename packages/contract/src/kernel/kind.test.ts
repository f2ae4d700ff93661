// Kinds: what their declaration fixes, and what the compiler holds their authors to.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { contract } from "./contract.ts";
import { Handle } from "./fields.ts";
import { accept, type Decision, type Kind, kind, refuse } from "./kind.ts";

const base = {
  nature: "act",
  by: ["auditor"],
  home: "own",
  says: "A thing was done.",
  open: z.strictObject({ thing: Handle }),
  sealed: z.strictObject({ remark: z.string().optional(), author: z.string() }),
  refusals: ["KEY_UNKNOWN"],
  findings: [],
} as const;

describe("a kind", () => {
  test("knows its sealed fields by name, sorted, and how long its statements are good", () => {
    const plain = kind("tests.thing.done", 1, { ...base, decide: () => accept() });
    expect(plain.sealedNames).toEqual(["author", "remark"]);
    expect(plain.goodForHours).toBe(168);
    expect(plain.introduces({ thing: "00".repeat(16) })).toEqual([]);
    expect(kind("tests.thing.done", 1, { ...base, goodForHours: 24, decide: () => accept() }).goodForHours).toBe(24);
    expect(kind("tests.thing.done", 1, { ...base, goodForHours: 999, decide: () => accept() }).goodForHours).toBe(168);
  });

  test("is found in a contract by name and version, whatever its fields are", () => {
    const done: Kind = kind("tests.thing.done", 2, { ...base, decide: () => refuse("KEY_UNKNOWN") });
    const found = contract(1, [done], {});
    expect(found.kind("tests.thing.done", 2)).toBe(done);
    expect(found.kind("tests.thing.done", 1)).toBeUndefined();
    expect(found.kind("constructor", 2)).toBeUndefined();
  });

  test("refuses and finds nothing that it does not list: that does not compile", () => {
    const decide = (decision: Decision<"KEY_UNKNOWN", never>) => () => decision;
    expect(kind("tests.thing.done", 1, { ...base, decide: decide(refuse("KEY_UNKNOWN")) }).refusals).toHaveLength(1);
    // @ts-expect-error: the refusal is not listed.
    expect(kind("tests.thing.done", 1, { ...base, decide: decide(refuse("KEY_REVOKED")) }).findings).toHaveLength(0);
    // @ts-expect-error: the finding is not listed.
    expect(kind("tests.thing.done", 1, { ...base, decide: decide(accept([], ["LATE"])) }).findings).toHaveLength(0);
  });

  test("accepts with the findings whose rule does not hold", () => {
    expect(accept([], [true, "LATE", true])).toEqual({ accepted: true, writes: [], findings: ["LATE"] });
  });
});
