// The static tier: what can be seen without running the product. Each check counts as one test.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkLock } from "../lock/check.ts";
import { checkFileNames } from "./file-names.ts";
import { checkFloors } from "./floors.ts";
import { generators } from "./generated.ts";
import { checkOrderingNames } from "./ordering-names.ts";
import type { Outcome } from "./outcome.ts";
import { run } from "./process.ts";

/** A check by name; it resolves to what is wrong, an empty string when nothing is. */
interface StaticCheck {
  name: string;
  faults: (root: string) => Promise<string>;
}

/** Every static check. The slow ones come first, because they run two at a time. */
const staticChecks: readonly StaticCheck[] = [
  tool("types", "tsc", ["-p", "."]),
  tool("imports", "depcruise", ["--config", "dependency-cruiser.config.ts", "--output-type", "err"], cruised),
  tool("unused", "knip", ["--no-progress", "--no-config-hints"]),
  { name: "lock", faults: async (root) => (await checkLock(root)).join("\n") },
  tool("style", "biome", ["check", "--diagnostic-level=error", "--max-diagnostics=20"]),
  { name: "floors", faults: async (root) => checkFloors(root).join("\n") },
  { name: "file names", faults: async (root) => checkFileNames(root).join("\n") },
  { name: "ordering names", faults: async (root) => checkOrderingNames(root).join("\n") },
  ...generators.map(({ name, script }) => nodeScript(`generated ${name}`, script, ["--check"])),
];

/** Runs every check, two at a time, and prints what each failing one found as soon as it did. */
export async function runStaticChecks(root: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = staticChecks.values();
  const worker = async (): Promise<void> => {
    for (const { name, faults } of queue) {
      const found = await faults(root);
      if (found !== "") console.log(`\nFAILED static > ${name}\n${found}`);
      outcomes.push({ file: "static", name, state: found === "" ? "passed" : "failed" });
    }
  };
  await Promise.all([worker(), worker()]);
  return outcomes;
}

function tool(
  name: string,
  program: string,
  args: readonly string[],
  paths = (_root: string): string[] => [],
): StaticCheck {
  return {
    name,
    faults: (root) => faultsOf(join(root, "node_modules", ".bin", program), [...args, ...paths(root)], root),
  };
}

function nodeScript(name: string, script: string, args: readonly string[]): StaticCheck {
  return { name, faults: (root) => faultsOf(process.execPath, [script, ...args], root) };
}

async function faultsOf(command: string, args: readonly string[], root: string): Promise<string> {
  const { code, output } = await run(command, args, { cwd: root });
  return code === 0 ? "" : output.trim() || `ended with exit code ${code}`;
}

function cruised(root: string): string[] {
  return ["packages", "apps", "bench", "conformance", "e2e", "scripts", "vectors"].filter((folder) =>
    existsSync(join(root, folder)),
  );
}
