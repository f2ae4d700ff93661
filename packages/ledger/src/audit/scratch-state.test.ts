import type { Statement } from "@fiducial/core";
import { expect, onTestFinished, test } from "vitest";
import { openScratchState } from "./scratch-state.ts";

const statement = (id: string) =>
  ({ id, content: { kind: "imaging.study.registered", signers: [{ organization: "o" }] } }) as unknown as Statement;

test("keeps what was written last, by which entry, and what became of statements", () => {
  const scratch = openScratchState();
  onTestFinished(() => scratch.close());
  scratch.write(
    [
      ["a", { n: 1 }],
      ["b", [1]],
    ],
    statement("s0"),
    0,
  );
  scratch.write([["a", { n: 2 }]], statement("s1"), 1);
  scratch.write([["b", null]], statement("s2"), 2);
  expect([scratch.state.get("a"), scratch.state.get("b"), scratch.state.get("c")]).toEqual([
    { n: 2 },
    undefined,
    undefined,
  ]);
  expect([scratch.writtenBy("a"), scratch.writtenBy("b"), scratch.rows()]).toEqual([1, undefined, 1]);
  expect(scratch.state.statement("s1")).toEqual({ index: 1, kind: "imaging.study.registered", organization: "o" });
  expect(scratch.state.statement("s3")).toBeUndefined();
});

test("two of them share nothing", () => {
  const [one, other] = [openScratchState(), openScratchState()];
  one.write([["a", 1]], statement("s"), 0);
  expect([other.state.get("a"), other.rows()]).toEqual([undefined, 0]);
  one.close();
  other.close();
});
