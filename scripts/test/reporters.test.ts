import { join } from "node:path";
import { expect, test } from "vitest";
import { type Outcome, readOutcomes } from "./outcome.ts";
import { run } from "./process.ts";
import { scratchFolder } from "./scratch-folder.ts";

const root = join(import.meta.dirname, "..", "..");

/** The outcomes as `name: state`, whatever the order in which files ran. */
async function outcomesOf(
  folder: string,
  args: readonly string[],
): Promise<{ outcomes: Outcome[]; output: string; states: string[] }> {
  const file = join(folder, "outcomes.json");
  const { output } = await run(process.execPath, args, { cwd: folder, env: { FIDUCIAL_OUTCOMES: file } });
  const outcomes = readOutcomes(file);
  return { outcomes, output, states: outcomes.map(({ name, state }) => `${name}: ${state}`).sort() };
}

test("Vitest: every test counts once; a file, a hook and a stray rejection that break are failures of their own", async () => {
  const folder = scratchFolder({
    "vitest.config.js": "export default { test: { include: ['*.check.js'] } };",
    "plain.check.js": `import { describe, expect, test } from "vitest";
describe("sum", () => { test("adds", () => expect(1 + 1).toBe(2)); test("subtracts", () => expect(2 - 1).toBe(0)); });
test.skip("later", () => {}); test("by note", (context) => context.skip("no scanner here")); test.todo("some day");`,
    "load.check.js": `throw new Error("does not load");`,
    "hook.check.js": `import { beforeAll, describe, test } from "vitest";
describe("hooked", () => { beforeAll(() => { throw new Error("hook"); }); test("never runs", () => {}); });`,
    "stray.check.js": `import { test } from "vitest"; test("passes", async () => { Promise.reject(new Error("stray")); await new Promise((done) => setTimeout(done, 20)); });`,
  });
  const cli = join(root, "node_modules/vitest/vitest.mjs");
  const { outcomes, output, states } = await outcomesOf(folder, [
    cli,
    "run",
    "--root",
    folder,
    `--reporter=${join(root, "scripts/test/vitest-reporter.ts")}`,
  ]);
  expect(states).toEqual([
    "(the file or its hooks): failed",
    "by note: skipped",
    "hooked (hooks): failed",
    "hooked > never runs: skipped",
    "later: skipped",
    "outside any test: failed",
    "passes: passed",
    "some day: skipped",
    "sum > adds: passed",
    "sum > subtracts: failed",
  ]);
  expect(outcomes.find(({ name }) => name === "by note")?.reason).toBe("no scanner here");
  expect(outcomes.find(({ name }) => name === "hooked > never runs")?.reason).toBe("a hook failed");
  expect(output).toContain("FAILED plain.check.js > sum > subtracts");
  expect(output).not.toMatch(/FAILED .*adds/);
});

test("Playwright: every test counts once, with the reason for a skip; a file that does not load is a failure", async () => {
  const folder = scratchFolder({
    "playwright.config.js": "module.exports = { testMatch: '*.check.js' };",
    "package.json": `{"type":"commonjs"}`,
    "plain.check.js": `const { expect, test } = require("@playwright/test");
test.describe("sum", () => { test("adds", () => expect(1 + 1).toBe(2)); test("subtracts", () => expect(2 - 1).toBe(0)); });
test("later", () => { test.skip(true, "no browser here"); }); test("known fault", () => { test.fail(); expect(1).toBe(2); });`,
  });
  const cli = join(root, "node_modules/@playwright/test/cli.js");
  const args = [
    cli,
    "test",
    "--config",
    "playwright.config.js",
    `--reporter=${join(root, "scripts/test/playwright-reporter.ts")}`,
  ];
  const { outcomes, output, states } = await outcomesOf(folder, args);
  expect(states).toEqual(["known fault: passed", "later: skipped", "sum > adds: passed", "sum > subtracts: failed"]);
  expect(outcomes.find(({ name }) => name === "later")?.reason).toBe("no browser here");
  expect(output).toContain("FAILED plain.check.js > sum > subtracts");
  const broken = scratchFolder({
    "playwright.config.js": "module.exports = { testMatch: '*.check.js' };",
    "package.json": "{}",
    "load.check.js": `throw new Error("no");`,
  });
  const loading = (await outcomesOf(broken, args)).states;
  expect(new Set(loading)).toEqual(new Set(["outside any test: failed"]));
});
