// Guards and their mutants: the same source with a guard taken out. What holds with the one must not hold with the other.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";

/** The package's door, of the source as it is or of a mutant. */
export type Door = typeof import("../index.ts");

/** A guard: what it keeps from happening, and how it is taken out of the source. */
export interface Guard {
  readonly title: string;
  /** File, the text that guards, and what stands there in the mutant. */
  readonly mutant: readonly (readonly [file: string, guard: string, instead: string])[];
  /** Tells whether the guard holds. */
  readonly holds: (door: Door) => Promise<boolean>;
}

/** Tests that each guard holds, and that without it the same test fails. */
export function testGuards(guards: readonly Guard[]): void {
  describe.each(guards)("$title", ({ holds, mutant }) => {
    test("holds", async () => {
      expect(await holds(await import("../index.ts"))).toBe(true);
    });

    test("does not hold without its guard", async () => {
      expect(await holds(await import(/* @vite-ignore */ join(mutatedSource(mutant), "index.ts")))).toBe(false);
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

const source = join(import.meta.dirname, "..");
const mutants = join(source, "..", "..", "..", "build", "vault-mutants");

/** Copies the source with its guard taken out, and returns the copy's folder, which is removed when the test is over. */
export function mutatedSource(changes: Guard["mutant"]): string {
  mkdirSync(mutants, { recursive: true });
  const copy = mkdtempSync(join(mutants, "mutant-"));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(source, copy, { recursive: true, filter: (file) => !/\.(?:test|faults)\.ts$/.test(file) });
  for (const [file, guard, instead] of changes) {
    const text = readFileSync(join(copy, file), "utf8");
    expect(text.split(guard), `${file} has its guard once`).toHaveLength(2);
    writeFileSync(
      join(copy, file),
      text.replace(guard, () => instead),
    );
  }
  return copy;
}
