// docs/errors.md as text: every code once, with its sentence, what to do, where it comes from and its status.

import { advice } from "./advice.ts";
import { type CodeSection, type CodeSource, type CodeText, codeSections } from "./code-sources.ts";
import { sharedCodes } from "./shared-codes.ts";

/** A code as the page has it. */
interface CodeRow extends CodeText {
  readonly code: string;
  readonly section: string;
  readonly files: readonly string[];
}

/** Writes the page of these tables. */
export function errorPage(sources: readonly CodeSource[]): string {
  const rows = rowsOf(sources);
  return [
    "# Codes",
    "",
    "<!-- Made by scripts/errors-doc.ts from the tables of codes in the sources. -->",
    "",
    "Everything that can be refused, found or go wrong, by code. A code means one thing wherever it stands. Sentences name",
    "no patient and no value. A problem of the HTTP surface links here: its `type` is `/docs/errors#CODE`.",
    "",
    ...Object.entries(codeSections).map(
      ([name, { title }]) => `- [${title}](#${anchorOf(title)}) (${count(rows, name)})`,
    ),
    "",
    ...Object.entries(codeSections).flatMap(([name, section]) =>
      sectionLines(
        section,
        rows.filter((row) => row.section === name),
      ),
    ),
  ].join("\n");
}

function rowsOf(sources: readonly CodeSource[]): CodeRow[] {
  const rows = new Map<string, CodeRow>();
  for (const { section, file, codes } of sources) {
    for (const [code, text] of Object.entries(codes)) {
      const given = typeof text === "string" ? { says: text } : text;
      const before = rows.get(code);
      const files = [...new Set([...(before?.files ?? []), file])];
      rows.set(code, { section, ...given, ...before, code, files });
    }
  }
  return [...rows.values()].map((row) => ({ ...row, says: sharedCodes[row.code] ?? row.says }));
}

function sectionLines({ title, about, todo }: CodeSection, rows: readonly CodeRow[]): string[] {
  const table = rows.map((row) => {
    const [wrong, remedy] = saidOf(row);
    const files = row.files.map(fileLink).join(", ");
    return `| <a id="${row.code}"></a>\`${row.code}\` | ${wrong} | ${remedy} | ${statusOf(row)} | ${files} |`;
  });
  return [
    `## ${title}`,
    "",
    `${about} Where nothing else is said: ${todo.charAt(0).toLowerCase()}${todo.slice(1)}`,
    "",
    "| code | says | what to do | status | from |",
    "|---|---|---|---|---|",
    ...table,
    "",
  ];
}

// What is wrong, and what to do: most tables say the second in the sentences that follow the first.
function saidOf({ code, says, todo }: CodeRow): readonly [wrong: string, remedy: string] {
  if (todo !== undefined) return [says, todo];
  const [first = "", ...others] = says.split(/(?<=\.) (?=[A-Z`])/);
  return [first, others.join(" ") || (advice[code] ?? "")];
}

function statusOf({ http, fhir, exit }: CodeText): string {
  return [
    ...(http === undefined ? [] : [`HTTP ${http}`]),
    ...(fhir === undefined ? [] : [`FHIR ${fhir}`]),
    ...(exit === undefined ? [] : [`exit ${exit}`]),
  ].join(", ");
}

function fileLink(file: string): string {
  return `[${file.replace(/^(?:packages|apps)\//, "").replace("/src/", "/")}](../${file})`;
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}

function count(rows: readonly CodeRow[], section: string): number {
  return rows.filter((row) => row.section === section).length;
}
