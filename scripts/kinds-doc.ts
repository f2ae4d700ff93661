// Writes docs/kinds.md from the contract: what can be said, kind by kind. With --check it only compares.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeTables, findingOf, type KindEntry, newestContract, refusalOf, vocabulary } from "@fiducial/contract";

/** What the patterns of kernel/fields.ts are called. */
const shapes: Readonly<Record<string, string>> = {
  "^[0-9a-f]{32}$": "handle or actor (32 hex digits)",
  "^[0-9a-f]{64}$": "digest or id (64 hex digits)",
  "^[A-Za-z0-9+/]{42}(?:[A-Za-z0-9+/]{44})?[AEIMQUYcgkosw048]=$": "base64 of 32 or 65 bytes",
  "^https?:\\/\\/[a-z0-9.:-]{1,253}$": "web origin",
  "^[a-z0-9][a-z0-9./_-]{0,126}[a-z0-9]$": "origin of a log",
  "^[A-Z0-9_]{1,16}$": "DICOM code string",
};

/** Of these the name alone does not tell which texts they are: the first one named is followed by its pattern. */
const unexplained = new Set(["web origin", "origin of a log", "DICOM code string"]);

const root = dirname(import.meta.dirname);
const path = join(root, "docs", "kinds.md");
const text = page();

if (process.argv.includes("--check")) {
  const same = existsSync(path) && readFileSync(path, "utf8") === text;
  if (!same) console.log(`${path} differs; run node scripts/kinds-doc.ts`);
  process.exitCode = same ? 0 : 1;
} else {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function page(): string {
  const kinds = vocabulary();
  const applications = [...new Set(kinds.map(({ application }) => application))];
  return [
    "# Kinds",
    "",
    "<!-- Made by scripts/kinds-doc.ts from packages/contract. -->",
    "",
    `What can be said on a log, by contract version ${newestContract.version}. An *act* asks and may be refused; an`,
    "*observation* tells what happened and is accepted with findings. Open fields stand on the ledger as they are; of sealed",
    "fields only commitments do. Fields marked ? may be left out.",
    "",
    ...applications.flatMap((application) => [
      `## ${application}`,
      "",
      ...kinds.filter((kind) => kind.application === application).flatMap(section),
    ]),
    "## Codes of every kind",
    "",
    "The kernel refuses any statement with these, in this order of asking; the last is for kinds that need approvers:",
    "",
    ...rows(Object.keys(codeTables.kernel.refusals), (code) => refusalOf(code)?.says),
    "",
    "and marks any entry with these:",
    "",
    ...rows(Object.keys(codeTables.kernel.findings), (code) => findingOf(code)?.says),
    "",
  ].join("\n");
}

function section({
  kind,
  version,
  nature,
  by,
  home,
  says,
  open,
  sealed,
  refusals,
  findings,
  goodForHours,
}: KindEntry): string[] {
  const good = goodForHours === 168 ? "" : ` · good for ${goodForHours} hours`;
  return [
    `### ${kind}`,
    "",
    says,
    "",
    `Version ${version} · ${nature} · by ${by.join(", ")} · home: ${home}${good}`,
    "",
    ...fields("Open", open),
    ...fields("Sealed", sealed),
    ...(refusals.length === 0 ? [] : ["Refused with:", "", ...rows(refusals, (code) => refusalOf(code)?.says), ""]),
    ...(findings.length === 0 ? [] : ["Findings:", "", ...rows(findings, (code) => findingOf(code)?.says), ""]),
  ];
}

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

function fields(title: string, schema: Schema): string[] {
  const members = Object.entries(schema.properties ?? {});
  if (members.length === 0) return [];
  return [`${title}:`, "", ...members.map(([name, member]) => `- ${field(name, member, schema)}`), ""];
}

function field(name: string, schema: Schema, { required = [] }: Schema): string {
  const remark = schema.description === undefined ? "" : ` (${schema.description.replace(/\.$/, "")})`;
  return `\`${name}${required.includes(name) ? "" : "?"}\`: ${shape(schema)}${remark}`;
}

function shape(schema: Schema): string {
  const { type, enum: choices, format, pattern, items, properties, minimum, maximum, minItems = 0, maxItems } = schema;
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(", ");
  if (items !== undefined) return `${minItems} to ${maxItems ?? "any number"} of: ${shape(items)}`;
  if (properties !== undefined) {
    return `{ ${Object.entries(properties)
      .map(([name, member]) => field(name, member, schema))
      .join("; ")} }`;
  }
  if (format !== undefined) return "UTC time with milliseconds";
  if (type === "integer") return `${minimum} to ${maximum === Number.MAX_SAFE_INTEGER ? "2^53 − 1" : maximum}`;
  return pattern === undefined ? (type ?? "anything") : textShape(pattern);
}

function textShape(pattern: string): string {
  const name = shapes[pattern];
  // Zod writes slashes as a regular expression between slashes has them.
  const plain = `\`${pattern.replaceAll("\\/", "/")}\``;
  if (name === undefined) return plain;
  return unexplained.delete(name) ? `${name} (${plain})` : name;
}

function rows(codes: readonly string[], says: (code: string) => string | undefined): string[] {
  return ["| code | says |", "|---|---|", ...codes.map((code) => `| \`${code}\` | ${says(code)} |`)];
}
