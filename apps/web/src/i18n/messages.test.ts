import { codeTables, findingOf } from "@fiducial/contract";
import { expect, test } from "vitest";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { chooseLanguage } from "./messages.ts";

function paths(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => paths(inner, `${path}/${name}`));
}

test("German has every text that English has, by the same names", () => {
  const free = /^\/(?:findings|verify\/unreadable|connections\/faults)\//;
  const named = (texts: unknown) => paths(texts).filter((path) => !free.test(path));
  expect(named(de).sort()).toEqual(named(en).sort());
});

test("no text is empty", () => {
  const texts = (value: unknown): string[] =>
    typeof value === "string"
      ? [value]
      : typeof value === "object" && value !== null
        ? Object.values(value).flatMap(texts)
        : [];
  for (const text of [...texts(en), ...texts(de)]) expect(text.trim()).not.toBe("");
});

test("every finding has a word in both languages, and a sentence in German", () => {
  const codes = Object.values(codeTables).flatMap(({ findings }) => Object.keys(findings));
  for (const code of codes) {
    expect(findingOf(code)).toBeDefined();
    expect([code, en.findingWords[code] === undefined, de.findingWords[code] === undefined]).toEqual([
      code,
      false,
      false,
    ]);
    expect([code, de.findings[code] === undefined]).toEqual([code, false]);
  }
});

test("the reader's language is taken where there is one, what was chosen before comes first", () => {
  expect(chooseLanguage(null, ["fr-FR", "de-AT", "en"])).toBe("de");
  expect(chooseLanguage("en", ["de"])).toBe("en");
  expect(chooseLanguage("xx", [])).toBe("en");
});
