// The rooms of the page: a sentence for the kind, which the command says too, and a feature for its application.

import type { ReadFile } from "./contract-room.ts";
import { addImport, replaceOnce } from "./line-edits.ts";
import { fileStem, type KindRequest, kindName } from "./request.ts";

const sentences = "packages/api/src/sentences";
const sentenceTests = "apps/web/src/ui/sentences";

/** Returns the files to write, by path: a room of sentences and a feature where there are none, and their tests. */
export function pageRoom(request: KindRequest, read: ReadFile): Map<string, string> {
  const { application } = request;
  const files = new Map([[`${sentenceTests}/${application}-${fileStem(request)}.test.ts`, sentenceTest(request)]]);
  if (read(`${sentences}/${application}.ts`) !== undefined) return files;
  files.set(`${sentences}/${application}.ts`, sentenceFile(application));
  files.set(`${sentences}/sentence-of.ts`, withSentences(read(`${sentences}/sentence-of.ts`) ?? "", application));
  files.set(`apps/web/src/features/${application}/${application}-page.test.ts`, featureTest(application));
  return files;
}

function sentenceFile(application: string): string {
  return `// Sentences about the application ${application}: one for each kind of its room in the contract.
import type { SentenceMaker } from "./sentence.ts";

export const ${application}Sentences: Readonly<Record<string, SentenceMaker>> = {};
`;
}

function sentenceTest(request: KindRequest): string {
  const { application, noun, nature } = request;
  const name = kindName(request);
  return `import type { EntrySummary } from "@fiducial/api";
import { sentenceOf } from "@fiducial/api/sentences";
import { expect, test } from "vitest";
import { en } from "../../i18n/en.ts";
import { formatsOf } from "../../i18n/formats.ts";

const organization = "a".repeat(32);
const entry: EntrySummary = {
  index: 7,
  id: "d".repeat(64),
  kind: "${name}",
  version: 1,
  nature: "${nature}",
  recordedAt: "2026-11-22T08:00:00.000Z",
  occurredAt: "2026-11-22T08:00:00.000Z",
  signedAt: "2026-11-22T08:00:00.000Z",
  findings: [],
  signers: [{ actor: organization, type: "organization", roles: [], capacity: "self", organization }],
  open: { ${noun}: "c".repeat(32) },
};

test("${name} is said in a sentence of its own", () => {
  const { did } = sentenceOf(entry, { t: en, formats: formatsOf("en-GB") });
  const wanted = "say ${name} in sentences/${application}.ts and in every language of i18n";
  expect(did, wanted).not.toBe(en.sentences.other("${name}"));
});
`;
}

function featureTest(application: string): string {
  return `import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("${application} has a page", () => {
  const router = readFileSync(new URL("../../app/router.tsx", import.meta.url), "utf8");
  expect(router, "make a page in features/${application} and give it an address in app/router.tsx").toContain(
    "../features/${application}/",
  );
});
`;
}

function withSentences(text: string, application: string): string {
  const imported = addImport(text, `import { ${application}Sentences } from "./${application}.ts";`);
  const what = "the sentences in sentence-of.ts";
  return replaceOnce(imported, /(\.\.\.\w+Sentences) \}/, `$1, ...${application}Sentences }`, what);
}
