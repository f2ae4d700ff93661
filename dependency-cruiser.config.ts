// The import rules of the house: imports point down only, and each application, feature and ordering keeps to itself.

import { existsSync, globSync, readFileSync } from "node:fs";
import type { IRegularForbiddenRuleType } from "dependency-cruiser";

type Rule = IRegularForbiddenRuleType & { name: string };

/** Each workspace and the workspaces below it that it may import. */
const workspaces: Record<string, string[]> = {
  "packages/core": [],
  "packages/contract": ["packages/core"],
  "packages/ledger": ["packages/core", "packages/contract"],
  "packages/dicom": ["packages/core", "packages/contract"],
  "packages/fhir": ["packages/core", "packages/contract"],
  "packages/vault": ["packages/core", "packages/contract"],
  "packages/projection": ["packages/core", "packages/contract"],
  "packages/api": ["packages/core", "packages/contract"],
  "packages/ordering-[^/]+": ["packages/core", "packages/contract", "packages/ledger"],
  "apps/node": ["packages/[^/]+"],
  "apps/web": ["packages/api", "packages/core", "packages/contract", "packages/dicom"],
  "apps/cli": ["packages/api", "packages/core", "packages/contract", "packages/dicom", "apps/node"],
};

/** The folders of packages/core/src and the ones below each; core-error.ts lies under them all. */
const core: Record<string, string[]> = {
  encoding: [],
  signature: ["encoding"],
  merkle: ["encoding"],
  statement: ["encoding", "signature"],
  identity: ["encoding", "signature", "statement"],
  checkpoint: ["encoding", "signature", "merkle"],
  manifest: ["encoding", "merkle", "statement"],
  receipt: ["[^/]+"],
};

/** Tests, and what only they use: a folder `scratch`. */
const test = "(?:\\.(test|faults|soak)\\.tsx?$|/scratch/)";
const orderings = "^packages/ledger/src/ordering/(local|memory|follower)[/.]";

/** What other workspaces may import of one: the files its package.json exports. */
const doors = globSync("{packages,apps}/*/package.json").flatMap((file) => {
  const targets = JSON.stringify(JSON.parse(readFileSync(file, "utf8")).exports ?? {}).match(/\.\/[^"*]+/g) ?? [];
  return targets.map((target) => `^${literal(file.replace(/package\.json$/, target.slice(2)).replaceAll("\\", "/"))}$`);
});

export default {
  forbidden: [
    rule("no-cycles", {}, { circular: true }, "Put the shared type below its users."),
    rule("resolvable", {}, { couldNotResolve: true }, "The imported file or package is not there."),
    ...Object.entries(workspaces).map(([workspace, below]) =>
      rule(
        `floor-${workspace.replace("[^/]+", "…")}`,
        { path: `^${workspace}/` },
        { path: "^(packages|apps)/", pathNot: [workspace, ...below].map((path) => `^${path}/`) },
        `May import ${below.join(", ") || "no other workspace"}.`,
      ),
    ),
    rule(
      "floor-unknown",
      { path: "^(packages|apps)/", pathNot: Object.keys(workspaces).map((path) => `^${path}/`) },
      {},
      "Give this workspace its place in dependency-cruiser.config.ts.",
    ),
    rule(
      "doors",
      { path: "^(packages|apps)/([^/]+)/" },
      { path: "^(packages|apps)/", pathNot: ["^$1/$2/", ...doors] },
      "Import another workspace by what its package.json exports.",
    ),
    rule(
      "no-own-door",
      { path: "^(packages|apps)/([^/]+)/", pathNot: test },
      { path: "^$1/$2/src/index\\.ts$" },
      "A door is for others; import the file that declares the name.",
    ),
    ...Object.entries(core).map(([folder, below]) =>
      rule(
        `core-${folder}`,
        { path: `^packages/core/src/${folder}/` },
        {
          path: "^packages/core/src/",
          pathNot: [`^packages/core/src/(${[folder, ...below].join("|")})/`, "/core-error\\.ts$"],
        },
        `May import ${below.join(", ") || "no other folder"}.`,
      ),
    ),
    rule(
      "core-unknown",
      { path: "^packages/core/src/[^/]+/", pathNot: `^packages/core/src/(${Object.keys(core).join("|")})/` },
      {},
      "Give this folder its place in dependency-cruiser.config.ts.",
    ),
    rule(
      "applications-apart",
      { path: "^packages/contract/src/([^/]+)/", pathNot: "^packages/contract/src/(kernel|versions)/" },
      { path: "^packages/contract/src/[^/]+/", pathNot: "^packages/contract/src/($1|kernel)/" },
      "An application imports ../kernel and no other application.",
    ),
    rule(
      "kernel-below",
      { path: "^packages/contract/src/kernel/" },
      { path: "^packages/contract/src/[^/]+/", pathNot: "^packages/contract/src/kernel/" },
      "The kernel knows no application.",
    ),
    rule(
      "features-apart",
      { path: "^apps/web/src/features/([^/]+)/" },
      { path: "^apps/web/src/features/", pathNot: "^apps/web/src/features/$1/" },
      "A feature imports no other feature; what two need belongs in ui.",
    ),
    rule(
      "orderings-named-once",
      {
        path: "^(packages|apps)/",
        pathNot: ["^apps/node/src/compose\\.ts$", "^packages/ledger/src/(index\\.ts$|conformance/|ordering/)", test],
      },
      { path: orderings },
      "Only apps/node/src/compose.ts chooses an ordering.",
    ),
    rule(
      "product-alone",
      { path: "^(packages|apps)/", pathNot: test },
      { path: ["^(scripts|bench|conformance|e2e)/", test] },
      "The product imports neither tests nor tools.",
    ),
    rule(
      "tests-reach",
      { path: `^(packages|apps)/.*${test}` },
      { path: "^(scripts|bench|conformance|e2e)/", pathNot: "^scripts/(shared-data|tools)\\.ts$" },
      "Tests beside the code take real files from scripts/shared-data.ts and programs from scripts/tools.ts.",
    ),
    rule(
      "declared",
      { path: "^(packages|apps)/[^/]+/src/", pathNot: [test, "^packages/ledger/src/conformance/"] },
      { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
      "What the product imports is a dependency in its own package.json.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)build/" },
    // Type imports make rings too, and those are the usual ones.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "types", "default"],
      // Packages of types alone have no main.
      mainFields: ["module", "main", "types"],
    },
    ...(existsSync("tsconfig.json") ? { tsConfig: { fileName: "tsconfig.json" } } : {}),
  },
};

function rule(name: string, from: Rule["from"], to: Rule["to"], comment: string): Rule {
  return { name, severity: "error", comment, from, to };
}

function literal(text: string): string {
  return text.replace(/[.+]/g, "\\$&");
}
