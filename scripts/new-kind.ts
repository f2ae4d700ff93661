// `npm run new:kind <application>.<noun>.<participle>`: a kind's rooms on every floor, with failing tests for what its author must say.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeTables } from "../packages/contract/src/codes.ts";
import { newestContract } from "../packages/contract/src/versions/contracts.ts";
import { type PlannedFile, planKind, type TreeFacts } from "./new-kind/plan.ts";
import { type ReleasedContract, releasedVersions } from "./new-kind/released-contracts.ts";
import { type KindRequest, kindName, readRequest, usage } from "./new-kind/request.ts";
import { run } from "./test/process.ts";

const root = dirname(import.meta.dirname);
const request = readRequest(process.argv.slice(2));
process.exitCode = typeof request === "string" ? complain(`${request}\n\n${usage}`) : await make(request);

async function make(wanted: KindRequest): Promise<number> {
  if (newestContract.kinds.some(({ name }) => name === kindName(wanted)))
    return complain(`${kindName(wanted)} is there already\n`);
  let files: PlannedFile[];
  try {
    files = planKind(root, wanted, factsOf());
  } catch (error) {
    return complain(`${(error as Error).message}\n`);
  }
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const biome = join(root, "node_modules", ".bin", "biome");
  const formatted = await run(biome, ["check", "--write", ...files.map(({ path }) => path)], { cwd: root });
  for (const { path, made } of files) console.log(`${made ? "made   " : "changed"} ${path}`);
  console.log(`\nNow see what fails, and why: npm test -- --quick. docs/adding-an-application.md has the order.`);
  return formatted.code === 0 ? 0 : complain(formatted.output);
}

function factsOf(): TreeFacts {
  const tables: readonly { refusals: object; findings: object }[] = Object.values(codeTables);
  const known = tables.flatMap(({ refusals, findings }) => Object.keys({ ...refusals, ...findings }));
  const released = JSON.parse(readFileSync(join(root, "vectors", "released-contracts.json"), "utf8"));
  const { version } = newestContract;
  return {
    version,
    released: releasedVersions(released as ReleasedContract[]).has(version),
    knownCodes: new Set(known),
  };
}

function complain(text: string): number {
  process.stderr.write(`new:kind: ${text}`);
  return 2;
}
