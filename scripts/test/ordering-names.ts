// Which ordering a log has is decided in one place: nothing else takes an ordering's name through the ledger's door.
// The import rules see files; this check sees names, because the door hands every file's names to whoever asks.

import { existsSync, globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const door = "packages/ledger/src/index.ts";
const allowed = [/^apps\/node\/src\/compose\.ts$/, /^packages\/ledger\//, /\.(test|faults|soak)\.tsx?$/];

/** Returns a sentence for each file of the product, apps/node/src/compose.ts excepted, that imports an ordering by name. */
export function checkOrderingNames(root: string): string[] {
  if (!existsSync(join(root, door))) return [];
  const orderings = orderingNames(readFileSync(join(root, door), "utf8"));
  const files = globSync("{packages,apps}/*/src/**/*.{ts,tsx}", { cwd: root, exclude: ["**/node_modules/**"] });
  const others = files
    .map((file) => file.split(sep).join("/"))
    .filter((file) => !allowed.some((pattern) => pattern.test(file)));
  return others.sort().flatMap((file) => {
    const taken = ledgerImports(readFileSync(join(root, file), "utf8"));
    const named = taken.filter((name) => name === "*" || orderings.includes(name));
    return named.map((name) => `${file} names an ordering: ${name === "*" ? "everything of the ledger" : name}`);
  });
}

/** Lists what the ledger's door exports from ordering/local, ordering/memory and ordering/follower. */
export function orderingNames(source: string): string[] {
  const exports = source.matchAll(
    /export\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"\.\/ordering\/(?:local|memory|follower)[/"]/g,
  );
  return [...exports].flatMap((match) => names(match[1] ?? "", "last"));
}

/** Lists what a file imports or re-exports from the ledger; `*` when it takes everything. */
export function ledgerImports(source: string): string[] {
  const clauses = source.matchAll(/(?:import|export)\s+(?:type\s+)?(\{[^}]*\}|\*[^"]*?)\s*from\s+"@fiducial\/ledger"/g);
  return [...clauses].flatMap(([, clause = ""]) =>
    clause.startsWith("*") ? ["*"] : names(clause.slice(1, -1), "first"),
  );
}

/** Reads `a, type b, c as d`: a door's outward names are the last words, an importer's inward ones the first. */
function names(list: string, which: "first" | "last"): string[] {
  const items = list.split(",").map((item) => item.trim().replace(/^type\s+/, ""));
  return items
    .filter((item) => item !== "")
    .map((item) => item.split(/\s+as\s+/).at(which === "first" ? 0 : -1) ?? item);
}
