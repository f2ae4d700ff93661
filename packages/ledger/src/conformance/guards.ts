// Guards and their mutants: this package's source with a guard taken out. What is noticed with the one goes unnoticed with the other.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";

/** A guard: what is noticed thanks to it, and how it is taken out of the source. */
export interface Guard<Door> {
  readonly title: string;
  /** Does what the guard is there for, and returns the code of what was noticed, or "nothing". */
  readonly noticed: (door: Door) => Promise<string>;
  readonly notices: string;
  /** Whatever else would notice is taken out as well. */
  readonly mutant: readonly Mutation[];
}

/** What guards, by file below `src`, and what stands there instead in a mutant. */
export type Mutation = readonly [file: string, guard: string, instead: string];

/** Tests that each guard notices behind the package's door, and that nothing does without it. */
export function testGuards<Door>(door: Door, guards: readonly Guard<Door>[]): void {
  describe.each(guards)("$title", ({ noticed, notices, mutant }) => {
    test("is noticed", async () => {
      expect(await noticed(door)).toBe(notices);
    });

    test("is not, without its guard", async () => {
      expect(await noticed(await mutantOf<Door>(mutant))).toBe("nothing");
    });
  });
}

const source = join(import.meta.dirname, "..");
const mutants = join(source, "..", "..", "..", "build", "ledger-mutants");

// From a copy that is removed when the test is over. Throws when a guard is not in its file, or there twice.
async function mutantOf<Door>(mutations: readonly Mutation[]): Promise<Door> {
  mkdirSync(mutants, { recursive: true });
  const copy = mkdtempSync(join(mutants, "mutant-"));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(source, copy, { recursive: true, filter: (path) => !/\.(?:test|faults)\.ts$/.test(path) });
  for (const [file, guard, instead] of mutations) {
    const [before, after, ...more] = readFileSync(join(copy, file), "utf8").split(guard);
    if (after === undefined || more.length > 0) throw new Error(`${file} does not have this once: ${guard}`);
    writeFileSync(join(copy, file), `${before}${instead}${after}`);
  }
  return (await import(/* @vite-ignore */ join(copy, "index.ts"))) as Door;
}
