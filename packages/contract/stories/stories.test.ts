// Every story, played before the contract: the verdicts are those that its author demands.
import { describe, expect, test } from "vitest";
import { contract1 } from "../src/versions/contract-1.ts";
import { allStories } from "./all.ts";
import { perform } from "./performance.ts";
import { prologues } from "./prologues.ts";

describe.each(allStories)("$about", ({ stories }) => {
  test.each(stories)("$title", (story) => {
    expect(perform(contract1, story).verdicts).toEqual(story.steps.map(({ expected }) => expected));
  });
});

describe("stories", () => {
  test("cover every kind, and each has a title of its own", () => {
    const told = allStories.map(({ about }) => about);
    expect(told.toSorted()).toEqual(
      ["kernel", ...contract1.kinds.map(({ name, version }) => `${name}/${version}`)].sort(),
    );
    const titles = allStories.flatMap(({ about, stories }) => stories.map(({ title }) => `${about} ${title}`));
    expect(new Set(titles).size).toBe(titles.length);
  });

  test("come as near to the longest envelope as two envelopes can", () => {
    const steps = allStories.flatMap(({ stories }) => stories.flatMap((story) => story.steps));
    const long = steps.filter(({ statement }) => statement.bytes.length > 60_000);
    expect(long.map(({ statement, expected }) => [statement.bytes.length, expected.accepted])).toEqual([
      [61_442, false],
      [61_440, true],
    ]);
  });

  test("begin with prologues in which everything is accepted", () => {
    const steps = Object.values(prologues).flatMap((prologue) => prologue.steps);
    const { verdicts } = perform(contract1, { prologue: "empty", steps });
    expect(verdicts).toEqual(steps.map(() => ({ accepted: true, findings: [] })));
  });

  test("concern the kind that they are about: each has a step of it", () => {
    for (const { about, stories } of allStories) {
      if (about === "kernel") continue;
      for (const { steps, title } of stories)
        expect(
          steps.some(({ kind }) => about.startsWith(`${kind}/`)),
          title,
        ).toBe(true);
    }
  });
});
