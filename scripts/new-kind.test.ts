import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { contracts } from "../packages/contract/src/versions/contracts.ts";
import { type ReleasedContract, releaseFaults } from "./new-kind/released-contracts.ts";
import { readRequest } from "./new-kind/request.ts";
import { treeCopy } from "./new-kind/tree-copy.ts";
import { type Ended, run } from "./test/process.ts";

const root = join(import.meta.dirname, "..");
const copy = treeCopy(root);
const newKind = (...args: string[]): Promise<Ended> =>
  run(process.execPath, ["scripts/new-kind.ts", ...args], { cwd: copy });

/** Files that the command made or changed. */
let written: string[] = [];

beforeAll(async () => {
  const ofNew = await newKind("reports.version.created", "--act", "--codes", "VERSION_EXISTS,ACTOR_UNKNOWN,STUDY_HELD");
  expect(ofNew, ofNew.output).toMatchObject({ code: 0 });
  const ofOld = await newKind("imaging.study.viewed", "--observation");
  expect(ofOld, ofOld.output).toMatchObject({ code: 0 });
  const lines = `${ofNew.output}\n${ofOld.output}`.matchAll(/^(?:made {3}|changed) (\S+)$/gm);
  written = [...new Set([...lines].map(([, path]) => path as string))];
}, 60_000);

test("a new application gets a room on every floor, a kind of an old one goes into the rooms that are there", () => {
  for (const room of [
    "packages/contract/src/reports/version-created-1.ts",
    "packages/contract/src/reports/version-created-1.stories.ts",
    "packages/contract/src/reports/codes.ts",
    "packages/projection/src/reports/reports-part.ts",
    "apps/node/src/routes/reports.ts",
    "packages/api/src/sentences/reports.ts",
    "apps/web/src/features/reports/reports-page.test.ts",
    "packages/contract/src/imaging/study-viewed-1.ts",
    "packages/projection/src/imaging/study-viewed.test.ts",
  ])
    expect(written).toContain(room);
  expect(existsSync(join(copy, "apps/web/src/features/imaging"))).toBe(
    existsSync(join(root, "apps/web/src/features/imaging")),
  );
  const codes = readFileSync(join(copy, "packages/contract/src/reports/codes.ts"), "utf8");
  expect(codes).toContain("VERSION_EXISTS");
  // The kernel has the one, imaging the other: a code means one thing, and stands in one table.
  for (const known of ["ACTOR_UNKNOWN", "STUDY_HELD"]) expect(codes).not.toContain(known);
});

test("what was written compiles", async () => {
  const { output } = await run(join(root, "node_modules", ".bin", "tsc"), ["-p", "."], { cwd: copy });
  const faults = output.split("\n").filter((line) => written.some((path) => line.startsWith(`${path}(`)));
  expect(faults).toEqual([]);
}, 60_000);

test("each thing that the author must still say fails a test, which says what is wanted", async () => {
  const failed = await failures();
  const reasons = [
    ["reports.version.created/1 VERSION_EXISTS: write the rule", "accepted: true"],
    ["reports.version.created/1 ACTOR_UNKNOWN: write the rule", "accepted: true"],
    ["imaging.study.viewed/1 STUDY_UNKNOWN: write the rule", "findings: []"],
    ["reports.version.created: its name, natures and codes fit together", "to match"],
    ["say what they mean in whole sentences", "VERSION_EXISTS"],
    ["reports.version.created changes what is known of reports", "fold reports.version.created in reports-part.ts"],
    ["imaging.study.viewed changes what is known of imaging", "fold imaging.study.viewed in imaging-part.ts"],
    ["the HTTP surface has an address for reports", "give reports an address in packages/api/src/routes.ts"],
    ["reports.version.created is said in a sentence of its own", "say reports.version.created in sentences/reports.ts"],
    ["imaging.study.viewed is said in a sentence of its own", "say imaging.study.viewed in sentences/imaging.ts"],
    ["reports has a page", "make a page in features/reports"],
  ] as const;
  for (const [name, reason] of reasons) {
    const found = failed.find(({ fullName }) => fullName.includes(name));
    expect(found?.failureMessages.join("\n") ?? "did not fail", name).toContain(reason);
  }
}, 120_000);

test("a kind that is there, and words that are not understood, are refused, and nothing is written", async () => {
  const again = await newKind("imaging.study.registered");
  expect(again).toMatchObject({ code: 2, output: expect.stringContaining("is there already") });
  for (const args of [[], ["reports.version"], ["radiology.version.created"], ["reports.version.created", "--fact"]])
    expect(typeof readRequest(args), args.join(" ")).toBe("string");
  expect(readRequest(["reports.version.created", "--act", "--observation"])).toBe("a kind is an act or an observation");
  expect(readRequest(["reports.version.created", "--codes", "version-exists"])).toContain("version-exists");
  expect(readRequest(["ai.run.recorded", "--observation"])).toEqual({
    application: "ai",
    noun: "run",
    participle: "recorded",
    nature: "observation",
    codes: ["RUN_UNKNOWN"],
  });
});

test("a released contract version does not change, and takes no further kind", () => {
  const digest = "ab".repeat(32);
  const released: ReleasedContract[] = [{ version: 1, digest }];
  expect(releaseFaults(released, [{ version: 1, digest }])).toEqual([]);
  expect(releaseFaults(released, [{ version: 1, digest: "cd".repeat(32) }])).toHaveLength(1);
  expect(releaseFaults(released, [])).toHaveLength(1);
  const now = JSON.parse(readFileSync(join(root, "vectors", "released-contracts.json"), "utf8")) as ReleasedContract[];
  expect(releaseFaults(now, contracts)).toEqual([]);
});

interface Failure {
  readonly fullName: string;
  readonly failureMessages: readonly string[];
}

/** Runs the tests that were made, and those of the contract that speak of the new kinds. */
async function failures(): Promise<Failure[]> {
  const report = join(copy, "report.json");
  const made = written.filter((path) => path.endsWith(".test.ts"));
  const ofContract = ["stories/stories", "src/vocabulary", "src/codes"].map(
    (name) => `packages/contract/${name}.test.ts`,
  );
  const names = ["reports", "imaging\\.study\\.viewed", "whole sentences"].join("|");
  const options = ["--project", "unit", "-t", names, "--reporter=json", `--outputFile=${report}`];
  const vitest = "node_modules/vitest/vitest.mjs";
  const { output } = await run(process.execPath, [vitest, "run", ...options, ...made, ...ofContract], { cwd: copy });
  expect(existsSync(report), output).toBe(true);
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    testResults: { assertionResults: (Failure & { status: string })[] }[];
  };
  return testResults.flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === "failed"));
}
