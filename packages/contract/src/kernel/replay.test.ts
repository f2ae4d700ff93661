// Replay: the same everywhere, in one go or in parts, and stopped by a log that is none.
import { toHex } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allStories } from "../../stories/all.ts";
import { digest } from "../../stories/cast.ts";
import { storyContract, verifySignature } from "../../stories/performance.ts";
import { prologues } from "../../stories/prologues.ts";
import { ContractError } from "../contract-error.ts";
import type { Contract } from "./contract.ts";
import { memoryState } from "./memory-state.ts";
import { replay } from "./replay.ts";

const second: Contract = { ...storyContract, version: 2, digest: digest("contract 2") };
const prologue = prologues["three-hospitals"].steps;
const stories = allStories.flatMap((collection) => collection.stories).filter((story) => story.prologue !== "empty");
const activates = (title: string) => {
  const found = stories.find((story) => story.title === title);
  return [...prologue, ...(found?.steps ?? [])];
};

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.code;
  }
};

describe("a replay", () => {
  test("in two parts leads where the whole leads", () => {
    fc.assert(
      fc.property(fc.constantFrom(...stories), fc.nat(), (story, cut) => {
        const steps = [...prologue, ...story.steps];
        const at = cut % (steps.length + 1);
        const whole = replay([storyContract, second], steps, verifySignature);
        const head = replay([storyContract, second], steps.slice(0, at), verifySignature);
        const tail = replay([storyContract, second], steps.slice(at), verifySignature, head.state);
        expect(tail.stateDigest).toBe(whole.stateDigest);
        expect([...head.verdicts, ...tail.verdicts]).toEqual(whole.verdicts);
        expect(toHex(head.state.digest)).toBe(head.stateDigest);
      }),
      { numRuns: 15 },
    );
  });

  test("of the accepted statements alone leads to the same state: a refusal changes nothing", () => {
    const { state } = replay([storyContract], prologue, verifySignature);
    for (const { steps, title } of stories) {
      const accepted = steps.filter(({ expected }) => expected.accepted);
      const whole = replay([storyContract, second], steps, verifySignature, state);
      const kept = replay([storyContract, second], accepted, verifySignature, state);
      expect(kept.stateDigest, title).toBe(whole.stateDigest);
    }
  });

  test("starts from nothing and leaves what it starts from alone", () => {
    expect(replay([storyContract], [], verifySignature).stateDigest).toBe("00".repeat(32));
    const { state } = replay([storyContract], prologue, verifySignature);
    const before = toHex(state.digest);
    replay([storyContract], stories[0]?.steps ?? [], verifySignature, state);
    expect([toHex(state.digest), state.size]).toEqual([before, prologue.length]);
  });

  test("stops where the log asks for a contract that is not at hand", () => {
    const steps = activates("the next entry is the earliest that a new version can rule");
    const [after] = stories.find(({ title }) => title === "copies that are what was registered")?.steps ?? [];
    const more = { statement: after?.statement as never, recordedAt: steps.at(-1)?.recordedAt as string };
    expect(codeOf(() => replay([storyContract], steps, verifySignature))).toBeUndefined();
    expect(codeOf(() => replay([storyContract], [...steps, more], verifySignature))).toBe("CONTRACT_UNKNOWN");
    const { verdicts } = replay([storyContract, second], [...steps, more], verifySignature);
    expect(verdicts.at(-1)?.accepted).toBe(true);
    expect(codeOf(() => replay([second], prologue, verifySignature))).toBe("CONTRACT_UNKNOWN");
  });

  test("refuses a log that repeats a statement or runs back in time", () => {
    const [first, next] = prologue;
    if (first === undefined || next === undefined) throw new Error("The prologue is empty.");
    const repeated = [first, next, { ...next, recordedAt: "2026-11-17T00:00:00.000Z" }];
    expect(codeOf(() => replay([storyContract], repeated, verifySignature))).toBe("STATEMENT_REPEATED");
    const backwards = [first, { ...next, recordedAt: "2026-11-15T00:00:00.000Z" }];
    expect(codeOf(() => replay([storyContract], backwards, verifySignature))).toBe("TIME_RUNS_BACKWARDS");
    const timeless = [{ ...first, recordedAt: "yesterday" }];
    expect(codeOf(() => replay([storyContract], timeless, verifySignature))).toBe("TIME_RUNS_BACKWARDS");
  });
});

describe("a state in memory", () => {
  test("branches, takes rows away, and tells statements by id", () => {
    const state = memoryState();
    const [first] = prologue;
    if (first === undefined) throw new Error("The prologue is empty.");
    state.apply(
      [
        ["a", 1],
        ["b", 2],
      ],
      first.statement,
    );
    const branch = state.branch();
    branch.apply([["a", null]], { ...first.statement, id: "other" });
    expect([branch.get("a"), branch.get("b"), branch.size]).toEqual([undefined, 2, 2]);
    expect([state.get("a"), state.size, state.statement("other")]).toEqual([1, 1, undefined]);
    expect(branch.statement("other")).toEqual({
      index: 1,
      kind: "identity.log.created",
      organization: first.statement.content.signers[0].organization,
    });
  });
});
