// The import rules of dependency-cruiser.config.ts as tables for people.

/** A rule as the configuration has it. */
export interface ImportRule {
  readonly name: string;
  readonly comment?: string;
}

/** Writes the rules: what each workspace may import, what each folder of core, and everything else that is asked. Workspaces that `isThere` denies have rules already and are marked. */
export function importRuleLines(rules: readonly ImportRule[], isThere: (workspace: string) => boolean): string[] {
  const floors = rules.filter(({ name }) => name.startsWith("floor-") && name !== "floor-unknown");
  const rooms = rules.filter(({ name }) => name.startsWith("core-") && name !== "core-unknown");
  const others = rules.filter((rule) => !floors.includes(rule) && !rooms.includes(rule));
  return [
    ...table("workspace", "may import", floors.map(allowanceOf("floor-")).map(marked)),
    "",
    ...table("folder of `packages/core/src`", "may import", rooms.map(allowanceOf("core-"))),
    "",
    ...table(
      "rule",
      "says",
      others.map(({ name, comment = "" }) => [name, comment]),
    ),
  ];
}

function allowanceOf(prefix: string): (rule: ImportRule) => readonly [string, string] {
  return ({ name, comment = "" }) => [name.slice(prefix.length), allowed(comment)];
}

function allowed(comment: string): string {
  const list = comment.replace(/^May import (.*)\.$/, "$1");
  if (list.startsWith("no other")) return "nothing";
  if (list === "[^/]+") return "every folder";
  return `\`${list.replaceAll("[^/]+", "*").split(", ").join("`, `")}\``;
}

function table(first: string, second: string, rows: readonly (readonly [string, string])[]): string[] {
  return [`| ${first} | ${second} |`, "|---|---|", ...rows.map(([name, says]) => `| ${name} | ${says} |`)];
}
