// docs/formats/fingerprints.md lists what the code holds: coercible attributes, classes, what is not content, notes that it names.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dicomErrors } from "../dicom-error.ts";
import { attributeName, tagOfKeyword } from "../dictionary/dictionary.ts";
import { type Tag, tagText } from "../dictionary/tag.ts";
import { schemes } from "../fingerprint/schemes.ts";
import { readingNotes } from "../reading/notes.ts";
import { classedKeywords } from "./attribute-classes.ts";
import { coercibleAttributes } from "./coercible-attributes.ts";
import { documentContext } from "./content.ts";

const page = readFileSync(new URL("../../../../docs/formats/fingerprints.md", import.meta.url), "utf8");
const flat = page.replace(/\s+/g, " ");

function tagOf(keyword: string): Tag {
  const tag = tagOfKeyword(keyword);
  if (tag === undefined) throw new Error(`${keyword} is no keyword`);
  return tag;
}

function listed(keywords: readonly string[]): string {
  return keywords
    .map((keyword) => `${tagText(tagOf(keyword)).toUpperCase()} ${attributeName(tagOf(keyword))}`)
    .join("; ");
}

test("the coercible attributes", () => {
  const rows = Object.entries(coercibleAttributes).map(
    ([keyword, when]) => `| ${attributeName(tagOf(keyword))} | ${tagText(tagOf(keyword)).toUpperCase()} | ${when} |`,
  );
  const table = page.slice(page.indexOf("| attribute | tag | coercible |"), page.indexOf("*always*"));
  expect(table.trim().split("\n").slice(2)).toEqual(rows);
});

test("the classes, and what is around a document", () => {
  expect(flat).toContain(`groups 0010 and 0012; ${listed(classedKeywords.identity)} |`);
  expect(flat).toContain(`| \`geometry\` | ${listed(classedKeywords.geometry)} |`);
  expect(flat).toContain(`0038, and ${listed(documentContext)}.`);
});

test("schemes, and no note or code that there is not", () => {
  for (const scheme of Object.values(schemes)) expect(page).toContain(scheme);
  const codes = [...page.matchAll(/`([A-Z]+(?:_[A-Z0-9]+)+)`/g)].map((match) => match[1] as string);
  const known = new Set([
    ...Object.keys(readingNotes),
    ...Object.keys(dicomErrors),
    "NO_CODEC",
    "PIXEL_DATA_INVALID",
    "PIXEL_DATA_TOO_LARGE",
    "BYTE_ORDER_AMBIGUOUS",
  ]);
  expect(codes.filter((code) => !known.has(code))).toEqual([]);
});
