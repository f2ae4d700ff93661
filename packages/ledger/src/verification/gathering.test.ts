import { utf8, utf8Decode } from "@fiducial/core";
import { expect, test } from "vitest";
import type { SignedStatement } from "../ordering/port.ts";
import { gathering } from "./gathering.ts";
import type { Examined } from "./pool.ts";

const brought = (...names: string[]): SignedStatement[] => names.map((id) => ({ id, bytes: utf8(id) }));
const names = (examined: readonly Examined[]) => examined.map(({ bytes }) => utf8Decode(bytes));

function examiner() {
  const calls: number[] = [];
  const examine = async (statements: readonly SignedStatement[]): Promise<readonly Examined[]> => {
    calls.push(statements.length);
    if (statements.some(({ id }) => id === "broken")) throw new Error("broken");
    return statements.map(({ bytes }) => ({ fault: "ENVELOPE_MALFORMED", bytes }));
  };
  return { calls, examine: gathering(examine) };
}

test("what comes together is examined together, and everybody gets their own", async () => {
  const { calls, examine } = examiner();
  const all = await Promise.all([
    examine(brought("a")),
    examine([]),
    examine(brought("b", "c")),
    examine(brought("a")),
  ]);
  expect(all.map(names)).toEqual([["a"], [], ["b", "c"], ["a"]]);
  expect(names(await examine(brought("d")))).toEqual(["d"]);
  expect(calls).toEqual([4, 1]);
});

test("a failure is told to all who came with it, and not to those who come later", async () => {
  const { examine } = examiner();
  const outcomes = await Promise.allSettled([examine(brought("a")), examine(brought("broken"))]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(names(await examine(brought("b")))).toEqual(["b"]);
});
