// Guards and their mutants: the same source with a guard taken out. What holds with the one must not hold with the other.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";

/** A guard: what it keeps from happening, and how it is taken out of the source. */
export interface Guard<Door> {
  readonly title: string;
  readonly mutant: Mutant;
  /** Tells whether the guard holds. */
  readonly holds: (door: Door) => Promise<boolean>;
}

/** Tests that each guard holds behind the package's door, and that without it the same test fails. */
export function testGuards<Door>(door: Door, guards: readonly Guard<Door>[]): void {
  describe.each(guards)("$title", ({ holds, mutant }) => {
    test("holds", async () => {
      expect(await holds(door)).toBe(true);
    });

    test("does not hold without its guard", async () => {
      const without = join(mutatedPackage(mutant), "src", "index.ts");
      expect(await holds((await import(/* @vite-ignore */ without)) as Door)).toBe(false);
    });
  });
}

/** Tells whether an action is refused with this code. */
export async function refused(code: string, action: () => unknown): Promise<boolean> {
  try {
    await action();
    return false;
  } catch (thrown) {
    return (thrown as { code?: unknown }).code === code;
  }
}

/** What guards, by file below `src`, and what stands there in a mutant. */
export type Mutant = readonly (readonly [file: string, guard: string, instead: string])[];

/** Copies the package with a guard taken out, and returns the copy's folder, which is removed when the test is over. */
export function mutatedPackage(mutant: Mutant): string {
  mkdirSync(mutants, { recursive: true });
  const copy = mkdtempSync(join(mutants, "mutant-"));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  for (const part of ["src", "scratch"]) {
    cpSync(join(original, part), join(copy, part), {
      recursive: true,
      filter: (file) => !/\.(?:test|faults)\.ts$/.test(file),
    });
  }
  for (const [file, guard, instead] of mutant) {
    const path = join(copy, "src", file);
    const text = readFileSync(path, "utf8");
    expect(text.split(guard), `${file} has its guard once`).toHaveLength(2);
    writeFileSync(
      path,
      text.replace(guard, () => instead),
    );
  }
  return copy;
}

const original = join(import.meta.dirname, "..");
const mutants = join(original, "..", "..", "build", "vault-mutants");
