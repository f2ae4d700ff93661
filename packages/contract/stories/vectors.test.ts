// The vectors on disk: they are what the stories say, and the contract gives their verdicts. The oldest log must replay for ever.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parseStatement, sha256, toHex, utf8 } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import { memoryState } from "../src/kernel/memory-state.ts";
import { contract1 } from "../src/versions/contract-1.ts";
import { contract1Vectors } from "../src/versions/contract-1-digests.ts";
import { allStories } from "./all.ts";
import { play } from "./performance.ts";
import { type StepVector, type StoryVector, statementOfVector, vectorFileName, vectorFiles } from "./vector-files.ts";

const folder = new URL("../../../vectors/contract/", import.meta.url);
const onDisk = (name: string) => readFileSync(new URL(name, folder), "utf8");
const prologues = JSON.parse(onDisk("prologues.json")) as Record<string, readonly StepVector[]>;
const names = allStories.map(({ about }) => vectorFileName(about));

describe("vectors of the contract", () => {
  test("are what the stories say, file by file", () => {
    const wanted = vectorFiles(contract1);
    expect([...wanted.keys()].sort()).toEqual(
      readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .sort(),
    );
    for (const [name, text] of wanted) expect(onDisk(name) === text, `${name}: run scripts/vectors.ts`).toBe(true);
  });

  test("are covered by the contract's digest", () => {
    for (const { about } of allStories) {
      expect(contract1Vectors[about], about).toBe(toHex(sha256(utf8(onDisk(vectorFileName(about))))));
    }
    expect(Object.keys(contract1Vectors).length).toBe(contract1.kinds.length + 1);
  });

  test.each(names)("%s replays to its verdicts and its state", (name) => {
    for (const { title, prologue, steps, finalStateDigest } of JSON.parse(onDisk(name)) as StoryVector[]) {
      const state = memoryState();
      for (const step of [...(prologues[prologue] ?? []), ...steps]) {
        const statement = statementOfVector(step);
        const verdict = play(contract1, state, { statement, recordedAt: step.recordedAt });
        expect(verdict, title).toEqual(step.verdict);
      }
      expect(toHex(state.digest), title).toBe(finalStateDigest);
    }
  });

  test("hold statements that core parses to the same, save the one that is too large", () => {
    for (const name of names) {
      for (const { steps } of JSON.parse(onDisk(name)) as StoryVector[]) {
        for (const step of steps) {
          const statement = statementOfVector(step);
          const tooLarge = !step.verdict.accepted && step.verdict.code === "ENTRY_TOO_LARGE";
          expect(parseStatement(statement.bytes)).toEqual(tooLarge ? "ENVELOPE_TOO_LARGE" : statement);
        }
      }
    }
  });

  test("hold no name of a patient and nothing sealed", () => {
    expect(existsSync(folder)).toBe(true);
    for (const name of names) expect(onDisk(name)).not.toMatch(/1\.2\.826\.|A matter|By letter|She reads/);
  });
});
