// The import rules of dependency-cruiser.config.ts as tables for people.

/** A rule as the configuration has it. */
export interface ImportRule {
  readonly name: string;
  readonly comment?: string;
}

/** Writes the rules: what each workspace may import, what each folder of core, and everything else that is asked. */
export function importRuleLines(rules: readonly ImportRule[]): string[] {
  const floors = rules.filter(({ name }) => name.startsWith("floor-") && name !== "floor-unknown");
  const rooms = rules.filter(({ name }) => name.startsWith("core-") && name !== "core-unknown");
  const others = rules.filter((rule) => !floors.includes(rule) && !rooms.includes(rule));
  return [
    ...table("workspace", "may import", floors.map(allowanceOf("floor-"))),
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
  return ({ name, comment = "" }) => [
    `\`${name.slice(prefix.length)}\``,
    comment.replace(/^May import (.*)\.$/, (_, list: string) =>
      list.startsWith("no other") ? "nothing" : `\`${list.replaceAll("[^/]+", "*").split(", ").join("`, `")}\``,
    ),
  ];
}

function table(first: string, second: string, rows: readonly (readonly [string, string])[]): string[] {
  return [`| ${first} | ${second} |`, "|---|---|", ...rows.map(([name, says]) => `| ${name} | ${says} |`)];
}
