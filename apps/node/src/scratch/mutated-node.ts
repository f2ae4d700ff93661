// The node's sources with a guard taken out: what holds with the guard must not hold without it.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";

const original = join(import.meta.dirname, "..", "..");
const mutants = join(original, "..", "..", "build", "node-mutants");

/** Where in a file below `src` a guard stands, and what stands there in the mutant. */
export type Mutant = readonly [file: string, guard: string, instead: string];

/** Copies the sources without the guard, and returns the copy's folder, which goes when the test is over. */
export function mutatedNode([file, guard, instead]: Mutant): string {
  mkdirSync(mutants, { recursive: true });
  const copy = mkdtempSync(join(mutants, "mutant-"));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  for (const part of ["src", "scratch"])
    cpSync(join(original, part), join(copy, part), {
      recursive: true,
      filter: (path) => !/\.(?:test|faults)\.ts$/.test(path),
    });
  cpSync(join(original, "package.json"), join(copy, "package.json"));
  const path = join(copy, "src", file);
  const text = readFileSync(path, "utf8");
  expect(text.split(guard), `${file} has its guard once`).toHaveLength(2);
  writeFileSync(
    path,
    text.replace(guard, () => instead),
  );
  return copy;
}
