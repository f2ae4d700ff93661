// Mutants: each rule of each kind, and of the kernel, is taken out, and the stories notice.
import { describe, expect, test } from "vitest";
import { kernelFindings, kernelRefusals } from "../src/kernel/codes.ts";
import type { Contract } from "../src/kernel/contract.ts";
import { accept, type Decision, type Kind } from "../src/kernel/kind.ts";
import { contract1 } from "../src/versions/contract-1.ts";
import { allStories } from "./all.ts";
import { perform, stateAfter } from "./performance.ts";
import type { Expected } from "./stage.ts";
import type { Story } from "./story.ts";

/** A decision without one rule: what it refused is accepted, what it found is passed over. */
function without(code: string, decision: Decision): Decision {
  if (!decision.accepted) return decision.code === code ? accept() : decision;
  return { ...decision, findings: decision.findings.filter((finding) => finding !== code) };
}

function mutantOf(kind: Kind, code: string): Contract {
  const mutant: Kind = { ...kind, decide: (state, context) => without(code, kind.decide(state, context)) };
  const lookUp = contract1.kind;
  return { ...contract1, kind: (name, version) => (name === kind.name ? mutant : lookUp(name, version)) };
}

// Prologues break no rule, so a mutant's are the contract's own.
const survives = (contract: Contract, stories: readonly Story[]) =>
  stories.every((story) =>
    isAsDemanded(perform(contract, story, stateAfter(contract1, story.prologue)).verdicts, story),
  );

function isAsDemanded(verdicts: readonly Expected[], { steps }: Story): boolean {
  return JSON.stringify(verdicts) === JSON.stringify(steps.map(({ expected }) => expected));
}

const mutants = contract1.kinds.flatMap((kind) =>
  [...kind.refusals, ...kind.findings].map((code) => ({ title: `${kind.name} without ${code}`, kind, code })),
);

describe("a kind without one of its rules", () => {
  test.each(mutants)("$title is noticed by its own stories", ({ kind, code }) => {
    const about = allStories.find((collection) => collection.about === `${kind.name}/${kind.version}`);
    expect(survives(contract1, about?.stories ?? [])).toBe(true);
    expect(survives(mutantOf(kind, code), about?.stories ?? [])).toBe(false);
  });
});

describe("the kernel without one of its rules", () => {
  const codes = [...Object.keys(kernelRefusals), ...Object.keys(kernelFindings)];
  const stories = allStories.flatMap((collection) => collection.stories);
  const performed = stories.map((story) => ({ story, verdicts: perform(contract1, story).verdicts }));

  test.each(codes)("%s is noticed by a story", (code) => {
    const blind = (verdict: Expected): Expected => {
      if (!verdict.accepted) return verdict.code === code ? { accepted: true, findings: [] } : verdict;
      return { accepted: true, findings: verdict.findings.filter((finding) => finding !== code) };
    };
    const noticed = performed.filter(({ story, verdicts }) => !isAsDemanded(verdicts.map(blind), story));
    expect(noticed.length).toBeGreaterThan(0);
  });
});
