// What Playwright tells a tier: failures as they happen, in full; everything else as outcomes in a file.

import { relative } from "node:path";
import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from "@playwright/test/reporter";
import { type Outcome, writeOutcomes } from "./outcome.ts";

/** Prints failing tests only and writes every outcome to the file that FIDUCIAL_OUTCOMES names. */
export default class OutcomeReporter implements Reporter {
  #suite: Suite | undefined;
  readonly #ended = new Set<TestCase>();
  readonly #broken: Outcome[] = [];

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#write([...this.#ended.add(test)]);
    if (result.status === test.expectedStatus || result.status === "skipped") return;
    for (const error of result.errors) print(`${fileOf(test)} > ${nameOf(test)}`, error);
    for (const { path } of result.attachments)
      if (path !== undefined) console.log(`see ${relative(process.cwd(), path)}`);
  }

  onError(error: TestError): void {
    print("outside any test", error);
    this.#broken.push({ file: "", name: "outside any test", state: "failed" });
  }

  onEnd(): void {
    this.#write(this.#suite?.allTests() ?? []);
  }

  /** Written anew after each test, so that a runner that is stopped leaves what it knew. */
  #write(tests: readonly TestCase[]): void {
    const path = process.env["FIDUCIAL_OUTCOMES"] ?? "build/test/playwright.json";
    writeOutcomes(path, [...tests.map(outcomeOf), ...this.#broken]);
  }
}

function outcomeOf(test: TestCase): Outcome {
  const where = { file: fileOf(test), name: nameOf(test) };
  const outcome = test.outcome();
  if (outcome !== "skipped") return { ...where, state: outcome === "expected" ? "passed" : "failed" };
  const note = test.annotations.find(({ type }) => type === "skip" || type === "fixme")?.description;
  return { ...where, state: "skipped", ...(note === undefined ? {} : { reason: note }) };
}

function fileOf(test: TestCase): string {
  return relative(process.cwd(), test.location.file);
}

/** titlePath is: root, project, file, suites, test. */
function nameOf(test: TestCase): string {
  return test.titlePath().slice(3).join(" > ");
}

function print(where: string, error: TestError): void {
  console.log([`\nFAILED ${where}`, error.stack ?? error.message ?? error.value ?? "", error.snippet ?? ""].join("\n"));
}
