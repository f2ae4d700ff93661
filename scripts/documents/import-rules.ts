// The import rules of dependency-cruiser.config.ts as tables for people.

/** A rule as the configuration has it. */
export interface ImportRule {
  readonly name: string;
  readonly comment?: string;
}

/**
 * Writes the rules: what each workspace may import, what each folder of core, and everything else that is asked.
 * Workspaces that `isThere` denies have their rules already, and are marked.
 */
export function importRuleLines(rules: readonly ImportRule[], isThere: (workspace: string) => boolean): string[] {
  const floors = rules.filter(({ name }) => name.startsWith("floor-") && name !== "floor-unknown");
  const rooms = rules.filter(({ name }) => name.startsWith("core-") && name !== "core-unknown");
  const others = rules.filter((rule) => !floors.includes(rule) && !rooms.includes(rule));
  return [
    "| workspace | may import |",
    "|---|---|",
    ...floors.map(({ name, comment }) => {
      const workspace = name.slice("floor-".length);
      return `| ${isThere(workspace) ? `\`${workspace}\`` : `${workspace} (not there yet)`} | ${allowed(comment)} |`;
    }),
    "",
    "| folder of `packages/core/src` | may import |",
    "|---|---|",
    ...rooms.map(({ name, comment }) => `| \`${name.slice("core-".length)}\` | ${allowed(comment)} |`),
    "",
    "| rule | says |",
    "|---|---|",
    ...others.map(({ name, comment = "" }) => `| ${name} | ${comment} |`),
  ];
}

function allowed(comment = ""): string {
  const list = comment.replace(/^May import (.*)\.$/, "$1");
  if (list.startsWith("no other")) return "nothing";
  if (list === "[^/]+") return "every folder";
  return `\`${list.replaceAll("[^/]+", "*").split(", ").join("`, `")}\``;
}
