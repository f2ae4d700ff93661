// What Vitest tells a tier: failures as they happen, in full; everything else as outcomes in a file.

import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from "vitest/node";
import { type Outcome, writeOutcomes } from "./outcome.ts";

/** Prints failing tests only and writes every outcome to the file that FIDUCIAL_OUTCOMES names. */
export default class OutcomeReporter implements Reporter {
  #vitest: Vitest | undefined;
  readonly #ended = new Set<TestModule>();

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestModuleEnd(module: TestModule): void {
    for (const error of module.errors()) this.#print(module.relativeModuleId, error);
    for (const suite of module.children.allSuites()) {
      for (const error of suite.errors()) this.#print(`${module.relativeModuleId} > ${suite.fullName}`, error);
    }
    for (const test of module.children.allTests("failed")) {
      const where = `${module.relativeModuleId} > ${test.fullName}`;
      for (const error of test.result().errors ?? []) this.#print(where, error);
    }
    this.#write([...this.#ended.add(module)]);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    for (const error of unhandled) this.#print("outside any test", error);
    const outside = unhandled.map((): Outcome => ({ file: "", name: "outside any test", state: "failed" }));
    this.#write(modules, outside);
  }

  /** Written anew after each file, so that a runner that is stopped leaves what it knew. */
  #write(modules: readonly TestModule[], outside: readonly Outcome[] = []): void {
    const path = process.env["FIDUCIAL_OUTCOMES"] ?? "build/test/vitest.json";
    writeOutcomes(path, [...modules.flatMap(outcomesOf), ...outside]);
  }

  #print(where: string, error: unknown): void {
    this.#vitest?.logger.error(`\nFAILED ${where}`);
    this.#vitest?.logger.printError(error, { showCodeFrame: true });
  }
}

/** A file that does not load and a hook that throws are failures of their own: Vitest merely skips their tests. */
function outcomesOf(module: TestModule): Outcome[] {
  const file = module.relativeModuleId;
  const broken = (name: string): Outcome => ({ file, name, state: "failed" });
  const suites = [...module.children.allSuites()].filter((suite: TestSuite) => suite.errors().length > 0);
  return [
    ...module.errors().map(() => broken("(the file or its hooks)")),
    ...suites.map((suite) => broken(`${suite.fullName} (hooks)`)),
    ...[...module.children.allTests()].map((test) => outcomeOf(test, file)),
  ];
}

function outcomeOf(test: TestCase, file: string): Outcome {
  const result = test.result();
  const where = { file, name: test.fullName };
  if (result.state === "passed" || result.state === "failed") return { ...where, state: result.state };
  const note = result.state === "skipped" ? result.note : undefined;
  const reason = hooksFailed(test) ? "a hook failed" : note;
  return { ...where, state: "skipped", ...(reason === undefined ? {} : { reason }) };
}

function hooksFailed({ parent }: TestCase | TestSuite): boolean {
  return parent.errors().length > 0 || (parent.type === "suite" && hooksFailed(parent));
}
