// What is remembered of counts: of each study the newest, however often it grew.
import { expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { heapSamples } from "../scratch/heap-slope.ts";
import { countsOf } from "./study-counts.ts";

test("a study that grows again and again is counted anew each time, and takes no more memory for it", async () => {
  const statements: string[] = [];
  const vault = {
    statementsOf: () => statements,
    manifestSize: () => 1,
    *manifest(statement: string) {
      if (statement === statements.at(-1)) yield { value: { sopInstanceUid: statement, seriesUid: "1" }, place: 0 };
    },
  };
  const node = { vault, logs: { placeOf: () => ({}) } } as unknown as OpenNode;
  let looked = 0;
  const grow = async (times: number) => {
    for (let time = 0; time < times; time++) {
      statements.push(String(statements.length).padStart(64, "0"));
      const counts = await countsOf(node, "study");
      if (counts.instances === 1 && (await countsOf(node, "study")) === counts) looked++;
    }
  };
  const [first, last] = await heapSamples({ steps: 2, size: 600, warm: 0 }, grow);
  expect(looked).toBe(1200);
  expect((last?.bytes ?? 0) - (first?.bytes ?? 0)).toBeLessThan(10_000_000);
});
