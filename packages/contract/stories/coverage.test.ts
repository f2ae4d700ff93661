// Coverage: every refusal and finding of every kind, and of the kernel, is demanded by a story. `npx vitest run packages/contract -t coverage` prints the table.
import { describe, expect, test } from "vitest";
import { kernelFindings, kernelRefusals } from "../src/kernel/codes.ts";
import { contract1 } from "../src/versions/contract-1.ts";
import { allStories } from "./all.ts";
import type { Expected } from "./stage.ts";

interface Row {
  readonly about: string;
  readonly code: string;
  readonly stories: number;
}

const codesOf = (expected: Expected): readonly string[] => (expected.accepted ? expected.findings : [expected.code]);

/** How many stories about `about` demand `code` of a statement of that kind; of the kernel, of any statement. */
function rowOf(about: string, kind: string | undefined, code: string, nature: "refusal" | "finding"): Row {
  const stories = allStories.filter((collection) => kind === undefined || collection.about === about);
  const demanding = stories.flatMap((collection) =>
    collection.stories.filter(({ steps }) =>
      steps.some(
        (step) =>
          (kind === undefined || step.kind === kind) &&
          step.expected.accepted === (nature === "finding") &&
          codesOf(step.expected).includes(code),
      ),
    ),
  );
  return { about, code, stories: demanding.length };
}

const rows: readonly Row[] = [
  ...Object.keys(kernelRefusals).map((code) => rowOf("kernel", undefined, code, "refusal")),
  ...Object.keys(kernelFindings).map((code) => rowOf("kernel", undefined, code, "finding")),
  ...contract1.kinds.flatMap(({ name, version, refusals, findings }) => [
    ...refusals.map((code) => rowOf(`${name}/${version}`, name, code, "refusal")),
    ...findings.map((code) => rowOf(`${name}/${version}`, name, code, "finding")),
  ]),
];

describe("coverage", () => {
  test("of refusals and findings: each is demanded by a story", () => {
    const width = Math.max(...rows.map(({ about }) => about.length));
    const table = rows.map(
      ({ about, code, stories }) => `${about.padEnd(width)}  ${String(stories).padStart(3)}  ${code}`,
    );
    console.log(
      `${table.join("\n")}\n${rows.length} codes, ${rows.filter(({ stories }) => stories > 0).length} in stories`,
    );
    expect(rows.filter(({ stories }) => stories === 0)).toEqual([]);
  });

  test("of acceptance: each kind is accepted without findings by a story", () => {
    const steps = allStories.flatMap(({ stories }) => stories.flatMap((story) => story.steps));
    const plain = new Set(
      steps.filter(({ expected }) => expected.accepted && expected.findings.length === 0).map(({ kind }) => kind),
    );
    expect(contract1.kinds.filter(({ name }) => !plain.has(name))).toEqual([]);
  });

  test("of codes: stories demand none that the kind and the kernel do not list", () => {
    for (const { name, refusals, findings } of contract1.kinds) {
      const listed = new Set([
        ...refusals,
        ...findings,
        ...Object.keys(kernelRefusals),
        ...Object.keys(kernelFindings),
      ]);
      const steps = allStories.flatMap(({ stories }) => stories.flatMap((story) => story.steps));
      const demanded = steps.filter(({ kind }) => kind === name).flatMap(({ expected }) => codesOf(expected));
      expect(
        demanded.filter((code) => !listed.has(code)),
        name,
      ).toEqual([]);
    }
  });
});
