import { join } from "node:path";
import { expect, test } from "vitest";
import config from "../../dependency-cruiser.config.ts";
import { run } from "./process.ts";
import { scratchFolder } from "./scratch-folder.ts";

const root = join(import.meta.dirname, "..", "..");
const up = "../../../..";

/** For each rule, a file that breaks it and what the file imports. */
const breaches: Record<string, [file: string, imported: string]> = {
  "no-cycles": ["packages/core/src/encoding/ring-a.ts", "./ring-b.ts"],
  resolvable: ["packages/core/src/encoding/lost.ts", "./nowhere.ts"],
  "floor-packages/core": ["packages/core/src/core-error.ts", "../../contract/src/index.ts"],
  "floor-packages/contract": ["packages/contract/src/door.ts", "../../ledger/src/index.ts"],
  "floor-packages/ledger": ["packages/ledger/src/a.ts", "../../vault/src/index.ts"],
  "floor-packages/dicom": ["packages/dicom/src/a.ts", "../../ledger/src/index.ts"],
  "floor-packages/fhir": ["packages/fhir/src/a.ts", "../../dicom/src/index.ts"],
  "floor-packages/vault": ["packages/vault/src/a.ts", "../../projection/src/index.ts"],
  "floor-packages/projection": ["packages/projection/src/a.ts", "../../vault/src/index.ts"],
  "floor-packages/api": ["packages/api/src/a.ts", "../../dicom/src/index.ts"],
  "floor-packages/ordering-…": ["packages/ordering-raft/src/a.ts", "../../vault/src/index.ts"],
  "floor-apps/node": ["apps/node/src/a.ts", "../../cli/src/index.ts"],
  "floor-apps/web": ["apps/web/src/a.ts", "../../../packages/ledger/src/index.ts"],
  "floor-apps/cli": ["apps/cli/src/a.ts", "../../../packages/vault/src/index.ts"],
  "floor-unknown": ["packages/strange/src/a.ts", "../../core/src/index.ts"],
  doors: ["apps/cli/src/b.ts", "../../node/src/compose.ts"],
  "no-own-door": ["packages/vault/src/b.ts", "./index.ts"],
  "core-encoding": ["packages/core/src/encoding/a.ts", "../merkle/tree.ts"],
  "core-signature": ["packages/core/src/signature/a.ts", "../merkle/tree.ts"],
  "core-merkle": ["packages/core/src/merkle/a.ts", "../statement/time.ts"],
  "core-statement": ["packages/core/src/statement/a.ts", "../receipt/receipt.ts"],
  "core-identity": ["packages/core/src/identity/a.ts", "../merkle/tree.ts"],
  "core-checkpoint": ["packages/core/src/checkpoint/a.ts", "../statement/time.ts"],
  "core-manifest": ["packages/core/src/manifest/a.ts", "../receipt/receipt.ts"],
  "core-receipt": ["packages/core/src/receipt/a.ts", "../index.ts"],
  "core-unknown": ["packages/core/src/cellar/a.ts", "../core-error.ts"],
  "applications-apart": ["packages/contract/src/imaging/a.ts", "../consent/kinds.ts"],
  "kernel-below": ["packages/contract/src/kernel/a.ts", "../consent/kinds.ts"],
  "features-apart": ["apps/web/src/features/imaging/a.tsx", "../consent/b.tsx"],
  "orderings-named-once": ["packages/ledger/src/replica/a.ts", "../ordering/local/local-ordering.ts"],
  "product-alone": ["packages/core/src/encoding/b.ts", `${up}/scripts/tools.ts`],
  "tests-reach": ["packages/core/src/encoding/b.test.ts", `${up}/scripts/test.ts`],
  declared: ["packages/api/src/b.ts", "fast-check"],
};

/** Files that keep every rule, though each comes near to breaking one. */
const kept: [file: string, imported: string][] = [
  ["packages/core/src/receipt/b.ts", "../merkle/tree.ts"],
  ["packages/core/src/merkle/b.ts", "../core-error.ts"],
  ["packages/contract/src/versions/a.ts", "../consent/kinds.ts"],
  ["packages/contract/src/imaging/b.ts", "../kernel/kind.ts"],
  ["packages/ledger/src/conformance/a.ts", "../ordering/local/local-ordering.ts"],
  ["packages/core/src/encoding/c.test.ts", `${up}/scripts/tools.ts`],
  ["apps/cli/src/c.ts", "../../node/src/index.ts"],
  ["apps/node/src/c.ts", "../../../packages/vault/src/index.ts"],
];

const workspaces = ["packages/core", "packages/contract", "packages/ledger", "packages/dicom", "packages/vault"];
workspaces.push("packages/projection", "apps/node", "apps/cli");

const empty = [
  "packages/core/src/merkle/tree.ts",
  "packages/core/src/statement/time.ts",
  "packages/core/src/receipt/receipt.ts",
];
empty.push(
  "packages/contract/src/consent/kinds.ts",
  "packages/contract/src/kernel/kind.ts",
  "apps/web/src/features/consent/b.tsx",
);
empty.push(
  "packages/ledger/src/ordering/local/local-ordering.ts",
  "apps/node/src/compose.ts",
  "scripts/tools.ts",
  "scripts/test.ts",
);

test("each import rule refuses its breach, and nothing else", async () => {
  const lines = [...Object.values(breaches), ...kept].map(([file, imported]) => [file, `import "${imported}";\n`]);
  const folder = scratchFolder({
    ...Object.fromEntries(workspaces.map((path) => [`${path}/package.json`, `{"exports":{".":"./src/index.ts"}}`])),
    ...Object.fromEntries([...workspaces.map((path) => `${path}/src/index.ts`), ...empty].map((path) => [path, ""])),
    "packages/core/src/encoding/ring-b.ts": `import type { A } from "./ring-a.ts";\n`,
    ...Object.fromEntries(lines),
  });
  const program = join(root, "node_modules", ".bin", "depcruise");
  const args = [
    "--config",
    join(root, "dependency-cruiser.config.ts"),
    "--output-type",
    "json",
    "packages",
    "apps",
    "scripts",
  ];
  const { output } = await run(program, args, { cwd: folder });
  const found = JSON.parse(output) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  const violations = found.summary.violations.map(({ from, rule }) => [rule.name, from]);
  for (const [name, [file]] of Object.entries(breaches)) expect(violations).toContainEqual([name, file]);
  for (const [file] of kept) expect(violations.map(([, from]) => from)).not.toContain(file);
  expect(Object.keys(breaches).sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
});
