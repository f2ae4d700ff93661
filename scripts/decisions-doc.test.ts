import { expect, test } from "vitest";
import { decisionIndex } from "./documents/decision-index.ts";

const record = (file: string, title: string) => ({ file, text: `# ${title}\n\n**Context.** …\n` });

test("records are listed in the order of their numbers, by title", () => {
  const index = decisionIndex([record("0002-b.md", "2. The second"), record("0001-a.md", "1. The first")]);
  expect(index).toContain("\n1. [The first](0001-a.md)\n2. [The second](0002-b.md)\n");
});

test("a number that is there twice, and a title with another, are errors", () => {
  expect(() => decisionIndex([record("0001-a.md", "1. A"), record("0001-b.md", "1. B")])).toThrow("number 1");
  expect(() => decisionIndex([record("0001-a.md", "2. A")])).toThrow("0001-a.md");
  expect(() => decisionIndex([record("notes.md", "1. A")])).toThrow("notes.md");
});
