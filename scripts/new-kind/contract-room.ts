// The room in the contract: the kind, its stories, its codes, and its place in the newest contract version.

import { addImport, insertAfter } from "./line-edits.ts";
import { capital, fileStem, type KindRequest, kindName, variable } from "./request.ts";

/** Which version the kind goes into, and which of its codes the contract has already. */
export interface ContractFacts {
  readonly version: number;
  readonly knownCodes: ReadonlySet<string>;
}

/** Reads a file of the tree; undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

const source = "packages/contract/src";

/** Returns the files to write, by path. */
export function contractRoom(request: KindRequest, facts: ContractFacts, read: ReadFile): Map<string, string> {
  const { application } = request;
  const folder = `${source}/${application}`;
  const stem = `${folder}/${fileStem(request)}-1`;
  const files = new Map([
    [`${stem}.ts`, kindFile(request)],
    [`${stem}.stories.ts`, storiesFile(request)],
  ]);
  const edit = (path: string, change: (text: string) => string) => files.set(path, change(read(path) ?? ""));
  const fresh = request.codes.filter((code) => !facts.knownCodes.has(code));
  const codes = `${folder}/codes.ts`;
  if (read(codes) === undefined) {
    files.set(codes, codesFile(request, fresh));
    edit(`${source}/codes.ts`, (text) => withTable(text, application));
  } else if (fresh.length > 0) edit(codes, (text) => withCodes(text, request, fresh));
  const name = variable(request);
  const kindImport = `import { ${name} } from "../${application}/${fileStem(request)}-1.ts";`;
  edit(`${source}/versions/contract-${facts.version}.ts`, (text) =>
    insertAfter(addImport(text, kindImport), /^ {4}\w+,$/, `    ${name},`, "the kind in its contract version"),
  );
  edit(`${source}/index.ts`, (text) =>
    addImport(text, `export { ${name} } from "./${application}/${fileStem(request)}-1.ts";`),
  );
  const storyImport = `import { ${name}Stories } from "../src/${application}/${fileStem(request)}-1.stories.ts";`;
  edit("packages/contract/stories/all.ts", (text) =>
    insertAfter(addImport(text, storyImport), /^ {2}\w+Stories,$/, `  ${name}Stories,`, "the stories"),
  );
  return files;
}

function kindFile(request: KindRequest): string {
  const { noun, nature, codes } = request;
  const list = JSON.stringify(codes);
  return `// ${kindName(request)}: what happens, and the clause of the standard that knows it.
import { z } from "zod";
import { Handle } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";

/** ${capital(noun)}, ${request.participle}. */
export const ${variable(request)} = kind("${kindName(request)}", 1, {
  nature: "${nature}",
  by: ["organization"],
  home: "own",
  says: "",
  open: z.strictObject({ ${noun}: Handle }),
  sealed: z.strictObject({}),
  refusals: ${nature === "act" ? list : "[]"},
  findings: ${nature === "act" ? "[]" : list},

  decide: () => accept(),
});
`;
}

function storiesFile(request: KindRequest): string {
  const { noun, nature, codes } = request;
  const name = variable(request);
  const verdict = nature === "act" ? "refused" : "accepted";
  const rules = codes.map(
    (code) => `
  story("${code}: write the rule", clause, ({ says }) => {
    says(${name}, northlake, said, ${verdict}("${code}"));
  });
`,
  );
  return `// Stories of ${kindName(request)}.
import { handle, northlake } from "../../stories/cast.ts";
import { ${nature === "act" ? "accepted, refused" : "accepted"} } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { ${name} } from "./${fileStem(request)}-1.ts";

const clause = "DESIGN § 6";
const said = { open: { ${noun}: handle("a ${noun}") }, sealed: {} } as const;

export const ${name}Stories: Stories = storiesOf(${name}, (story) => {
  story("an organization states it", clause, ({ says }) => {
    says(${name}, northlake, said, accepted());
  });
${rules.join("")}});
`;
}

function codesFile({ application, nature }: KindRequest, codes: readonly string[]): string {
  const [refusals, findings] = nature === "act" ? [codes, []] : [[], codes];
  const table = (name: string, type: string, rows: readonly string[]) =>
    `export const ${application}${name} = {\n${rows.join("")}} as const satisfies Readonly<Record<string, ${type}>>;\n`;
  return `// The refusals and findings of ${application}.
import type { Finding, Refusal } from "../kernel/codes.ts";

${table("Refusals", "Refusal", refusals.map(refusalRow))}
${table("Findings", "Finding", findings.map(findingRow))}`;
}

function withCodes(text: string, { application, nature }: KindRequest, codes: readonly string[]): string {
  const rows = codes
    .map(nature === "act" ? refusalRow : findingRow)
    .join("")
    .trimEnd();
  const begin = text.indexOf(`export const ${application}${nature === "act" ? "Refusals" : "Findings"}`);
  const end = text.indexOf("} as const satisfies", begin);
  if (begin < 0 || end < 0) throw new Error("found no table for the codes: put them in by hand");
  return `${text.slice(0, end)}${rows}\n${text.slice(end)}`;
}

function refusalRow(code: string): string {
  const [http, fhir] = code.endsWith("_UNKNOWN") ? [404, "not-found"] : [409, "conflict"];
  return `  ${code}: { http: ${http}, fhir: "${fhir}", says: "" },\n`;
}

function findingRow(code: string): string {
  return `  ${code}: { says: "" },\n`;
}

function withTable(text: string, application: string): string {
  const names = [`${application}Findings`, `${application}Refusals`];
  const imported = addImport(text, `import { ${names.join(", ")} } from "./${application}/codes.ts";`);
  const row = `  ${application}: { refusals: ${application}Refusals, findings: ${application}Findings },`;
  return insertAfter(imported, /^ {2}\w+: \{ refusals: \w+, findings: \w+ \},$/, row, "the table of codes");
}
