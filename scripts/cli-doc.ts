// Writes docs/cli.md from the commands' own declarations. With --check it only compares.

import { join } from "node:path";
import { type CommandDeclaration, commands, globalOptions, type OptionDeclaration } from "@fiducial/cli";
import { writeOrCheck } from "./documents/written-page.ts";

const path = join(import.meta.dirname, "..", "docs", "cli.md");
writeOrCheck(path, page(), "node scripts/cli-doc.ts");

function page(): string {
  return [
    "# The `fiducial` command",
    "",
    "<!-- Made by scripts/cli-doc.ts from apps/cli. -->",
    "",
    "Registers images, verifies them, and gives receipts that anyone can check. It opens a data folder itself, or talks to the",
    "node that has the folder open. Commands about members, devices, and what becomes of studies open it themselves: stop the",
    "node for them. `backup` asks the node.",
    "",
    ...table(
      "command",
      "does",
      commands.map(({ name, summary }) => [`[\`${name}\`](#fiducial-${name.replaceAll(" ", "-")})`, summary]),
    ),
    "",
    "Options of every command:",
    "",
    ...options(globalOptions),
    "",
    "| exit status | means |",
    "|---|---|",
    "| 0 | all is well |",
    "| 1 | something was refused or does not verify, one of several paths cannot be read, or an error with a code of [errors](errors.md) |",
    "| 2 | wrong use: an unknown command or option, an argument that is missing; a path that is not there, or a folder where a file is wanted, when nothing else is asked for (PATH_UNREADABLE); a file that cannot be written; an answer that nobody can give. A data folder that is missing is 1 (FOLDER_MISSING) |",
    "| 130, 143 | ended by Ctrl+C, by SIGTERM, after what was under way was finished |",
    "",
    "An error is one line on standard error, `fiducial: <sentence> (<CODE>)`; with `--json` a second line is",
    '`{"error":{"code":…,"message":…}}`. With `FIDUCIAL_DEBUG=1` the stack follows. Answers go to standard output, progress and',
    "what was refused to standard error; progress is shown on terminals only.",
    "",
    ...commands.flatMap(section),
  ].join("\n");
}

function section({ name, description, parameters, options: own = [], json, examples }: CommandDeclaration): string[] {
  const usage = [
    "fiducial",
    name,
    ...(own.length === 0 ? [] : ["[options]"]),
    ...parameters.map(({ syntax }) => syntax),
  ];
  return [
    `## fiducial ${name}`,
    "",
    `    ${usage.join(" ")}`,
    "",
    ...description.flatMap((paragraph) => [paragraph, ""]),
    ...(parameters.length === 0
      ? []
      : [
          ...table(
            "parameter",
            "is",
            parameters.map(({ syntax, says }) => [`\`${syntax}\``, says]),
          ),
          "",
        ]),
    ...(own.length === 0 ? [] : [...options(own), ""]),
    `With \`--json\`: ${json}.`,
    "",
    ...examples.map((example) => `    ${example}`),
    "",
  ];
}

function options(declared: readonly OptionDeclaration[]): string[] {
  const rows = declared.map(({ flags, says, required, default: usual }): [string, string] => [
    `\`${flags}\``,
    `${says}${required === true ? " (required)" : ""}${usual === undefined ? "" : ` (default: ${usual})`}`,
  ]);
  return table("option", "means", rows);
}

function table(left: string, right: string, rows: readonly (readonly [string, string])[]): string[] {
  return [`| ${left} | ${right} |`, "|---|---|", ...rows.map(([a, b]) => `| ${cell(a)} | ${cell(b)} |`)];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
