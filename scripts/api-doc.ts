// Writes docs/api.md from the table of routes, through the OpenAPI document that a node answers with. With --check it only compares.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessOf } from "../apps/node/src/authorization/access.ts";
import { openApiDocument, type ReferenceEntry, type ReferenceField, referenceOf } from "../packages/api/src/index.ts";
import { writeOrCheck } from "./documents/written-page.ts";

const root = join(import.meta.dirname, "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const entries = referenceOf(openApiDocument({ version, permissions: accessOf }));
writeOrCheck(join(root, "docs", "api.md"), page(), "node scripts/api-doc.ts");

function page(): string {
  return [
    "# HTTP reference",
    "",
    "<!-- Made by scripts/api-doc.ts from packages/api. -->",
    "",
    "Every address of `/api/v1`. A node serves the same as a page at `/api`, and as OpenAPI 3.1 at `/api/v1/openapi.json`. The lines for curl stand on `NODE=http://localhost:8400`.",
    "",
    "**Lists** come a page at a time, at most 200 rows (`limit`). While there are more, a page has `next`, and the following page is asked for with `before=<next>`, of actors, the oldest of whom come first, with `after=<next>`:",
    "",
    '    curl -sS "$NODE/api/v1/entries?limit=50"',
    '    curl -sS "$NODE/api/v1/entries?limit=50&before=951"',
    "",
    "**Refusals** are `application/problem+json` (RFC 9457) with a `code` of [the table](errors.md); `retry-after` says when it is worth asking again. With `REQUEST_INVALID`, `errors` names each parameter, header or member of the body that does not fit: `[{field, says}]`. A parameter that an address does not know is refused.",
    "",
    "**Who asks** sends a bearer token, or the cookie of a session ([how a program is let in](api-guide.md#be-let-in)); what each address asks for stands with it ([permissions](permissions.md)). The header `Purpose-Of-Use` says what for: a code of HL7 v3 PurposeOfUse, [each of which](api-guide.md#read) is in the guide.",
    "",
    "| | address | |",
    "|---|---|---|",
    ...entries.map(({ id, method, path, says }) => `| ${method} | [\`${path}\`](#${anchorOf(id)}) | ${cell(says)} |`),
    "",
    ...entries.flatMap(section),
  ].join("\n");
}

function section({
  id,
  method,
  path,
  says,
  permission,
  parameters,
  query,
  body,
  answer,
  problems,
  curl,
}: ReferenceEntry): string[] {
  return [
    `## ${id}`,
    "",
    `\`${method} ${path}\`: ${says} Permission: \`${permission}\`.`,
    "",
    `    ${curl}`,
    "",
    ...fields("in the address", parameters),
    ...fields("query", query),
    ...(body === undefined
      ? []
      : body.fields.length === 0
        ? [`Takes \`${body.mediaType}\`.`, ""]
        : fields("body", body.fields)),
    ...(answer.fields.length === 0 ? [`Answers \`${answer.mediaType}\`.`, ""] : fields("answer", answer.fields)),
    `Problems: ${problems.map((one) => `${one.status} ${codesIn(one.says)}`).join("; ")}.`,
    "",
  ];
}

// "CODE: Sentence. OTHER: Sentence." becomes links.
function codesIn(says: string): string {
  return [...says.matchAll(/(?<=^|[.] )([A-Z][A-Z0-9_]+):/g)]
    .map(([, code]) => `[${code}](errors.md#${code})`)
    .join(", ");
}

function fields(title: string, rows: readonly ReferenceField[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map(
    ({ name, type, required }) => `| \`${name}\` | ${cell(type)} | ${required ? "always" : "if any"} |`,
  );
  return [`| ${title} | type | there |`, "|---|---|---|", ...lines, ""];
}

function anchorOf(id: string): string {
  return id.toLowerCase();
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
